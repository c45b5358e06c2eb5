#include "cases/fetch_expectations.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

#include "core/utf8.h"

namespace graphrail::cases {
namespace {

namespace json = boost::json;

constexpr std::size_t kDefaultMinimum = 200;
/// The cases about text limits are written for a minimum of 500 and a cut at 32,000.
constexpr std::size_t kTextLimitMinimum = 500;
constexpr std::size_t kMaxContentChars = 32000;

/// The cases' names for reasons that have another name in the contract.
std::string contract_reason(std::string reason) {
  if (reason == "too_short") return "too_little_text";
  return reason;
}

std::size_t count_of(std::string_view text, std::string_view needle) {
  std::size_t count = 0;
  for (std::size_t at = text.find(needle); at != text.npos; at = text.find(needle, at + 1)) ++count;
  return count;
}

/// Joins what is wrong; empty means right.
class Complaints {
 public:
  void unless(bool ok, const std::string& what) {
    if (ok) return;
    text_ += text_.empty() ? "" : "; ";
    text_ += what;
  }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  std::string text_;
};

void check_limits(const json::object& expect, const Observed& observed, Complaints& wrong) {
  const auto at_most = [&](std::string_view key, double value) {
    const double limit = number_or(expect, key, value);
    wrong.unless(value <= limit, fmt::format("{} {} > {}", key, value, limit));
  };
  at_most("max_elapsed_ms", static_cast<double>(observed.elapsed.count()));
  at_most("max_decoded_bytes", static_cast<double>(observed.decoded_bytes));
  at_most("max_read_bytes", static_cast<double>(observed.wire_bytes));
  const json::value* retry = expect.if_contains("retry_after_s");
  if (retry == nullptr) return;
  const bool same = retry->is_null() ? !observed.retry_after
                                     : observed.retry_after && observed.retry_after->count() ==
                                                                   retry->to_number<std::int64_t>();
  wrong.unless(
      same,
      fmt::format("retry-after {}",
                  observed.retry_after ? std::to_string(observed.retry_after->count()) : "none"));
}

void check_text(const Case& item, const json::object& expect, const ReadOutput& read,
                Complaints& wrong) {
  const auto contains = [&](const std::string& needle, bool wanted) {
    wrong.unless((read.text.find(needle) != std::string::npos) == wanted,
                 (wanted ? "missing: " : "present: ") + needle);
  };
  for (const std::string_view key : {"text_contains", "decode_contains"}) {
    if (expect.contains(key)) contains(text_or(expect, key), true);
  }
  if (expect.contains("decode_not_contains")) {
    contains(text_or(expect, "decode_not_contains"), false);
  }
  if (const auto* all = array_at(expect, "text_contains_all")) {
    for (const std::string& needle : strings(*all)) contains(needle, true);
  }
  if (const auto* none = array_at(expect, "text_contains_none")) {
    for (const std::string& needle : strings(*none)) contains(needle, false);
  }
  if (expect.contains("charset")) {
    wrong.unless(read.charset == text_or(expect, "charset"), "charset " + read.charset);
  }
  if (expect.contains("text_chars")) {
    const auto chars =
        core::count_code_points(core::prefix_code_points(read.text, kMaxContentChars));
    wrong.unless(static_cast<double>(chars) == number_or(expect, "text_chars", -1),
                 fmt::format("{} characters", chars));
  }
  if (const auto* counts = object_at(item, "count")) {
    for (const auto& [needle, count] : *counts) {
      wrong.unless(count_of(read.text, needle) == count.to_number<std::size_t>(),
                   "wrong count of " + std::string(needle));
    }
  }
}

std::size_t minimum_of(const Case& item) {
  const std::string kind = text_or(item, "kind");
  if (kind == "charset") return 1;
  return kind == "text-limit" ? kTextLimitMinimum : kDefaultMinimum;
}

}  // namespace

bool needs_cache(const Case& item) { return text_or(item, "kind") == "cache"; }

bool needs_text(const Case& item) {
  const auto* expect = object_at(item, "expect");
  const std::string kind = text_or(item, "kind");
  if (expect == nullptr || kind == "gate" || kind == "text-limit" || kind == "extract") return true;
  return std::ranges::any_of(*expect, [](const auto& member) {
    const std::string_view name = member.key();
    return name.starts_with("text_") || name.starts_with("decode_") || name == "charset";
  });
}

CaseResult judge(const Case& item, const Observed& observed, const PageReader& reader) {
  CaseResult result;
  result.id = text_or(item, "id");
  const auto* expect = object_at(item, "expect");
  const json::object& expected = expect != nullptr ? *expect : item;
  const core::Result<net::FetchedPage>& page = *observed.page;
  if (page && !reader && needs_text(item)) {
    result.got = "fetched; no reader of main text in this build";
    return result;
  }
  core::Result<ReadOutput> read = ReadOutput{};
  if (!page) {
    read = core::fail(page.error());
  } else if (reader) {
    const std::string url = page->final_url.to_string();
    read = reader({page->body, page->content_type, url, page->status, minimum_of(item)});
  }
  Complaints wrong;
  const bool want_ok = flag_or(expected, "ok", true);
  const std::string reason = read ? "ok" : read.error().reason();
  wrong.unless(read.has_value() == want_ok, "ended as " + reason);
  if (!read && expected.contains("error")) {
    wrong.unless(reason == contract_reason(text_or(expected, "error")), "reason " + reason);
  }
  check_limits(expected, observed, wrong);
  if (read && page && reader) check_text(item, expected, *read, wrong);
  result.pass = wrong.text().empty();
  result.got = fmt::format("{} in {} ms", reason, observed.elapsed.count());
  if (!result.pass) result.got += ": " + wrong.text();
  return result;
}

}  // namespace graphrail::cases
