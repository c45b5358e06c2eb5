// The Retry-After header field (RFC 9110 section 10.2.3): seconds, or one of the three HTTP date
// forms (section 5.6.7). Pure; the clock is an argument.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace graphrail::net {

/// Seconds to wait from `now`; a date in the past gives 0. Nothing for signs, fractions and junk.
[[nodiscard]] std::optional<std::chrono::seconds> parse_retry_after(
    std::string_view value, std::chrono::system_clock::time_point now);

/// An HTTP date: IMF-fixdate, the RFC 850 form, or asctime. Two-digit years more than 50 years
/// ahead of `now` belong to the past century.
[[nodiscard]] std::optional<std::chrono::sys_seconds> parse_http_date(
    std::string_view value, std::chrono::system_clock::time_point now);

}  // namespace graphrail::net
