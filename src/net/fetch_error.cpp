#include "net/fetch_error.h"

#include <array>
#include <utility>

namespace graphrail::net {
namespace {

struct Entry {
  FetchError error;
  std::string_view name;
  std::string_view text;
};

constexpr std::array kEntries = {
    Entry{FetchError::kInvalidUrl, "invalid_url",
          "This is not a web address that can be read. Use a full https:// address."},
    Entry{FetchError::kUnreachable, "unreachable", "The page could not be reached."},
    Entry{FetchError::kTlsError, "tls_error", "The site's certificate could not be verified."},
    Entry{FetchError::kTimeout, "timeout", "The site took too long to answer."},
    Entry{FetchError::kBadRedirect, "bad_redirect",
          "The page redirects too often or to an address that cannot be read."},
    Entry{FetchError::kBadResponse, "bad_response", "The site's answer is not valid HTTP."},
    Entry{FetchError::kBadEncoding, "bad_encoding", "The site's answer could not be decoded."},
    Entry{FetchError::kBadStatus, "bad_status", "The site did not answer with a page."},
    Entry{FetchError::kNotFound, "not_found", "The page does not exist."},
    Entry{FetchError::kBlocked, "blocked", "The site refuses to show this page to us."},
    Entry{FetchError::kBotChallenge, "bot_challenge",
          "The site wants to see that a person is reading."},
    Entry{FetchError::kPaywall, "paywall", "The page is behind a paywall."},
    Entry{FetchError::kLoginRequired, "login_required", "The page needs a login."},
    Entry{FetchError::kRateLimited, "rate_limited",
          "The site asks us to slow down. Try again later."},
    Entry{FetchError::kUpstreamError, "upstream_error",
          "The site has a problem of its own. Try again later."},
    Entry{FetchError::kUnsupportedType, "unsupported_type",
          "The address does not lead to a text page."},
    Entry{FetchError::kTooLarge, "too_large", "The page is too large."},
    Entry{FetchError::kEmpty, "empty", "The page is empty."},
    Entry{FetchError::kRobotsDisallowed, "robots_disallowed",
          "The site's robots.txt disallows this page."},
    Entry{FetchError::kOverloaded, "overloaded",
          "Too many pages are being read right now. Try again soon."},
};

const Entry& entry_of(FetchError error) noexcept {
  for (const Entry& entry : kEntries) {
    if (entry.error == error) return entry;
  }
  return kEntries[1];
}

class FetchCategory final : public std::error_category {
 public:
  [[nodiscard]] const char* name() const noexcept override { return "fetch"; }
  [[nodiscard]] std::string message(int value) const override {
    return std::string(entry_of(static_cast<FetchError>(value)).text);
  }
};

}  // namespace

const std::error_category& fetch_category() noexcept {
  static const FetchCategory category;
  return category;
}

std::error_code make_error_code(FetchError error) noexcept {
  return {static_cast<int>(error), fetch_category()};
}

std::string_view reason_name(FetchError error) noexcept { return entry_of(error).name; }

core::Error make_error(FetchError error, std::string cause) {
  const Entry& entry = entry_of(error);
  core::Error result(make_error_code(error), {std::string(entry.text)}, {std::move(cause)});
  return std::move(result).with_reason(std::string(entry.name));
}

bool is_refusal(const core::Error& error) noexcept {
  const std::string_view cause = error.private_cause();
  return error.is(FetchError::kUnreachable) &&
         (cause.starts_with(kRefusedPrefix) || cause.starts_with(kGuardPrefix));
}

std::unexpected<core::Error> fail_fetch(FetchError error, std::string cause) {
  return std::unexpected<core::Error>(make_error(error, std::move(cause)));
}

}  // namespace graphrail::net
