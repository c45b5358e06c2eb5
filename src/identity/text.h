// Small ASCII helpers of this room. Pure; results are views into the argument.
#pragma once

#include <algorithm>
#include <string_view>
#include <vector>

namespace graphrail::identity {

/// Without spaces and tabs at both ends (OWS, RFC 9110 section 5.6.3).
[[nodiscard]] inline std::string_view trim(std::string_view text) noexcept {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// The trimmed entries between commas; empty ones are left out.
[[nodiscard]] inline std::vector<std::string_view> split_list(std::string_view list) {
  std::vector<std::string_view> entries;
  while (!list.empty()) {
    const std::size_t comma = std::min(list.find(','), list.size());
    if (const std::string_view entry = trim(list.substr(0, comma)); !entry.empty()) {
      entries.push_back(entry);
    }
    list.remove_prefix(std::min(comma + 1, list.size()));
  }
  return entries;
}

[[nodiscard]] constexpr char to_lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Equal but for the case of ASCII letters.
[[nodiscard]] inline bool equal_ignoring_case(std::string_view left,
                                              std::string_view right) noexcept {
  return std::ranges::equal(left, right, [](char a, char b) { return to_lower(a) == to_lower(b); });
}

/// 0x21 to 0x7E.
[[nodiscard]] constexpr bool is_visible(char c) noexcept { return c > 0x20 && c < 0x7F; }

}  // namespace graphrail::identity
