// Character classes the tokenizer needs, for ASCII and the scripts announcements are written in.
#pragma once

#include <cstdint>
#include <string_view>

namespace graphrail::extract::rules {

enum class CharKind : std::uint8_t { kSpace, kLetter, kUpper, kDigit, kSymbol };

struct CharInfo {
  CharKind kind = CharKind::kSymbol;
  std::uint8_t bytes = 1;
  /// For symbols: one ASCII character per class ('"' quotes, '-' dashes, '\'' apostrophes,
  /// '$' currency signs, '.' full stops, '?' anything unknown).
  char symbol = 0;
};

/// The character of well-formed UTF-8 `text` at byte `at`.
[[nodiscard]] CharInfo char_info(std::string_view text, std::size_t at) noexcept;

}  // namespace graphrail::extract::rules
