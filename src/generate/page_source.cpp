#include <fmt/format.h>

#include <array>
#include <chrono>
#include <utility>

#include "core/core_error.h"
#include "core/utf8.h"
#include "generate/source.h"
#include "net/fetch_error.h"
#include "net/url.h"

namespace graphrail::generate {
namespace {

/// "example.com · Nov 23", as lists of graphs show a page.
std::string make_page_title(const std::string& final_url, std::int64_t unix_seconds) {
  constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const core::Result<net::Url> url = net::parse_url(final_url);
  std::string domain = url ? url->host.name : final_url;
  if (domain.starts_with("www.")) domain.erase(0, 4);
  const std::chrono::sys_seconds time{std::chrono::seconds(unix_seconds)};
  const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(time)};
  const auto month = kMonths[static_cast<unsigned>(date.month()) - 1];
  return fmt::format("{} · {} {}", domain, month, static_cast<unsigned>(date.day()));
}

std::vector<graph::Warning> make_warnings(const page::PageReading& reading) {
  std::vector<graph::Warning> warnings;
  const std::size_t invisible = reading.page->page.removed_invisible_chars;
  if (invisible > 0) {
    warnings.push_back(
        {"invisible_text_removed",
         fmt::format("The page held text that its readers do not see; {} characters were left out.",
                     invisible)});
  }
  if (reading.origin == page::PageOrigin::kStale) {
    warnings.push_back(
        {"stale_page", fmt::format("The site is out of order; its page was read {} seconds ago.",
                                   reading.age_seconds.value_or(0))});
  }
  return warnings;
}

}  // namespace

Source make_page_source(std::string url, const page::PageReading& reading,
                        const GenerateLimits& limits, std::int64_t unix_seconds) {
  const page::PageText& page = reading.page->page;
  Source source;
  source.title = make_page_title(reading.page->final_url, unix_seconds);
  source.url = std::move(url);
  source.cache_hit = reading.is_hit();
  source.cache_age_seconds = reading.age_seconds;
  source.warnings = make_warnings(reading);
  std::string text = page.title.empty() ? page.text : page.title + "\n\n" + page.text;
  const std::string_view kept = core::prefix_code_points(text, limits.maximum_text_chars);
  if (kept.size() < text.size()) {
    source.truncated = true;
    source.warnings.push_back(
        {"page_truncated", fmt::format("The page has {} characters; the first {} were read.",
                                       core::count_code_points(text), limits.maximum_text_chars)});
    text.resize(kept.size());
  }
  source.chars = core::count_code_points(text);
  source.text = std::make_shared<const std::string>(std::move(text));
  return source;
}

core::Error to_generate_error(core::Error error) {
  if (error.is(core::CoreError::kBusy)) return error;
  if (error.is(net::FetchError::kOverloaded)) {
    return core::Error(core::CoreError::kBusy, {error.public_text()}, {error.private_cause()});
  }
  const GenerateError code = error.is(net::FetchError::kInvalidUrl) ? GenerateError::kInvalidUrl
                                                                    : GenerateError::kScrapeFailed;
  core::Error mapped(code, {error.public_text()}, {error.private_cause()});
  return std::move(mapped)
      .with_field("input")
      .with_reason(error.reason())
      .with_retry_after_seconds(error.retry_after_seconds());
}

}  // namespace graphrail::generate
