// ASCII character classes and comparisons as the HTML and Encoding Standards define them: never
// dependent on a locale. Pure, any thread.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace graphrail::page {

constexpr bool is_ascii_space(char c) noexcept {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}
constexpr bool is_ascii_alpha(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool is_ascii_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr char ascii_lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

/// Whether `text` begins with `lower_prefix` (given in lower case), ignoring ASCII case.
constexpr bool starts_with_ignoring_case(std::string_view text,
                                         std::string_view lower_prefix) noexcept {
  return text.size() >= lower_prefix.size() &&
         std::equal(lower_prefix.begin(), lower_prefix.end(), text.begin(),
                    [](char want, char got) { return want == ascii_lower(got); });
}

constexpr bool equals_ignoring_case(std::string_view text, std::string_view lower) noexcept {
  return text.size() == lower.size() && starts_with_ignoring_case(text, lower);
}

/// First position of `lower_needle` in `text` at or after `from`, ignoring ASCII case.
constexpr std::size_t find_ignoring_case(std::string_view text, std::string_view lower_needle,
                                         std::size_t from = 0) noexcept {
  for (; from + lower_needle.size() <= text.size(); ++from) {
    if (starts_with_ignoring_case(text.substr(from), lower_needle)) return from;
  }
  return std::string_view::npos;
}

constexpr bool contains_ignoring_case(std::string_view text, std::string_view lower) noexcept {
  return find_ignoring_case(text, lower) != std::string_view::npos;
}

/// `text` without ASCII white space at either end.
constexpr std::string_view trim_ascii_space(std::string_view text) noexcept {
  while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_ascii_space(text.back())) text.remove_suffix(1);
  return text;
}

/// A copy of `text` with A-Z in lower case; other bytes stay.
inline std::string to_ascii_lower(std::string_view text) {
  std::string lower(text);
  std::ranges::transform(lower, lower.begin(), ascii_lower);
  return lower;
}

}  // namespace graphrail::page
