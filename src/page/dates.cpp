#include "page/dates.h"

#include <fmt/format.h>

#include <array>
#include <chrono>
#include <optional>

#include "page/ascii.h"

namespace graphrail::page {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};
constexpr int kEarliestYear = 1990;  // the web is not older
constexpr int kLatestYear = 2100;
constexpr std::size_t kLongestDate = 80;

std::string format_day(int year, int month, int day) {
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok() || year < kEarliestYear || year > kLatestYear) return {};
  return fmt::format("{:04}-{:02}-{:02}", year, month, day);
}

/// Exactly `digits` digits at `at`.
std::optional<int> number_at(std::string_view text, std::size_t at, std::size_t digits) {
  if (at + digits > text.size()) return std::nullopt;
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (!is_ascii_digit(text[i])) return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

/// YYYY-MM-DD, YYYY/MM/DD or YYYYMMDD at `at`.
std::string numeric_date_at(std::string_view text, std::size_t at) {
  const auto year = number_at(text, at, 4);
  if (!year) return {};
  const bool separated = at + 4 < text.size() && (text[at + 4] == '-' || text[at + 4] == '/');
  const std::size_t step = separated ? 1 : 0;
  const auto month = number_at(text, at + 4 + step, 2);
  if (!month || (separated && (at + 7 >= text.size() || text[at + 7] != text[at + 4]))) return {};
  const std::size_t day_at = at + 6 + 2 * step;
  const auto day = number_at(text, day_at, 2);
  const bool ends = day_at + 2 >= text.size() || !is_ascii_digit(text[day_at + 2]);
  return day && ends ? format_day(*year, *month, *day) : std::string();
}

int month_of(std::string_view word) {
  for (std::size_t i = 0; i < kMonths.size(); ++i) {
    if (word.size() >= 3 && starts_with_ignoring_case(word, kMonths[i])) {
      return static_cast<int>(i) + 1;
    }
  }
  return 0;
}

/// Day, month name and year in any order, as separate words.
std::string worded_date(std::string_view text) {
  int month = 0;
  int day = 0;
  int year = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    if (is_ascii_alpha(text[at])) {
      while (at < text.size() && is_ascii_alpha(text[at])) ++at;
      if (month == 0) month = month_of(text.substr(start, at - start));
    } else if (is_ascii_digit(text[at])) {
      while (at < text.size() && is_ascii_digit(text[at])) ++at;
      const std::size_t digits = at - start;
      const bool clock =
          (at < text.size() && text[at] == ':') || (start > 0 && text[start - 1] == ':');
      const int value = number_at(text, start, std::min<std::size_t>(digits, 4)).value_or(0);
      if (digits == 4 && year == 0) year = value;
      if (digits <= 2 && day == 0 && !clock) day = value;
    } else {
      ++at;
    }
  }
  return month == 0 || day == 0 || year == 0 ? std::string() : format_day(year, month, day);
}

}  // namespace

std::string iso_date(std::string_view text) {
  text = trim_ascii_space(text).substr(0, kLongestDate);
  std::string date = numeric_date_at(text, 0);
  return date.empty() ? worded_date(text) : date;
}

std::string date_in_url(std::string_view url) {
  for (std::size_t at = url.find('/'); at != std::string_view::npos; at = url.find('/', at + 1)) {
    const bool separated = at + 5 < url.size() && (url[at + 5] == '/' || url[at + 5] == '-');
    if (!separated) continue;
    std::string date = numeric_date_at(url, at + 1);
    if (!date.empty()) return date;
  }
  return {};
}

}  // namespace graphrail::page
