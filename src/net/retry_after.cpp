#include "net/retry_after.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace graphrail::net {
namespace {

using namespace std::chrono;

constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
/// What a header may ask for at most: more digits are clamped to a year.
constexpr std::int64_t kMaxSeconds = 366LL * 24 * 3600;

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Exactly as many digits as `text` has characters; -1 when one is not a digit.
std::int64_t number(std::string_view text) {
  if (text.empty()) return -1;
  std::int64_t value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = std::min(value * 10 + (c - '0'), kMaxSeconds * 1000);
  }
  return value;
}

int month_number(std::string_view name) {
  if (name.size() != 3) return -1;
  const std::size_t at = kMonths.find(name);
  return at == kMonths.npos || at % 3 != 0 ? -1 : static_cast<int>(at / 3) + 1;
}

struct DateParts {
  std::int64_t year = -1;
  std::int64_t month = -1;
  std::int64_t day = -1;
  /// "HH:MM:SS"
  std::string_view time;
};

std::optional<sys_seconds> assemble(const DateParts& parts) {
  if (parts.time.size() != 8 || parts.time[2] != ':' || parts.time[5] != ':') return std::nullopt;
  const std::int64_t hour = number(parts.time.substr(0, 2));
  const std::int64_t minute = number(parts.time.substr(3, 2));
  const std::int64_t second = number(parts.time.substr(6, 2));
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
    return std::nullopt;
  }
  const year_month_day date{year(static_cast<int>(parts.year)),
                            month(static_cast<unsigned>(parts.month)),
                            day(static_cast<unsigned>(parts.day))};
  if (parts.year < 0 || parts.month < 0 || parts.day < 0 || !date.ok()) return std::nullopt;
  return sys_days(date) + hours(hour) + minutes(minute) + seconds(second);
}

std::int64_t century_year(std::int64_t two_digits, system_clock::time_point now) {
  if (two_digits < 0) return -1;
  const int this_year = static_cast<int>(year_month_day(floor<days>(now)).year());
  const std::int64_t candidate = this_year / 100 * 100 + two_digits;
  return candidate > this_year + 50 ? candidate - 100 : candidate;
}

}  // namespace

std::optional<sys_seconds> parse_http_date(std::string_view value, system_clock::time_point now) {
  value = trim(value);
  const std::size_t comma = value.find(',');
  DateParts parts;
  if (comma == 3 && value.size() == 29 && value.ends_with(" GMT")) {
    // Sun, 06 Nov 1994 08:49:37 GMT
    parts = {number(value.substr(12, 4)), month_number(value.substr(8, 3)),
             number(value.substr(5, 2)), value.substr(17, 8)};
  } else if (comma != value.npos && value.size() == comma + 24 && value.ends_with(" GMT")) {
    // Sunday, 06-Nov-94 08:49:37 GMT
    const std::string_view rest = value.substr(comma + 2);
    parts = {century_year(number(rest.substr(7, 2)), now), month_number(rest.substr(3, 3)),
             number(rest.substr(0, 2)), rest.substr(10, 8)};
  } else if (comma == value.npos && value.size() == 24) {
    // Sun Nov  6 08:49:37 1994
    const std::string_view day_text = value[8] == ' ' ? value.substr(9, 1) : value.substr(8, 2);
    parts = {number(value.substr(20, 4)), month_number(value.substr(4, 3)), number(day_text),
             value.substr(11, 8)};
  }
  return assemble(parts);
}

std::optional<seconds> parse_retry_after(std::string_view value, system_clock::time_point now) {
  value = trim(value);
  if (const std::int64_t wait = number(value); wait >= 0) {
    return seconds(std::min(wait, kMaxSeconds));
  }
  const auto date = parse_http_date(value, now);
  if (!date) return std::nullopt;
  const auto wait = std::clamp<std::int64_t>((*date - floor<seconds>(now)).count(), 0, kMaxSeconds);
  return seconds(wait);
}

}  // namespace graphrail::net
