// The smallest unit the rules look at: a word, a number or a symbol of the visible text, with its
// place in the source. Plain values owned by Document.
#pragma once

#include <cstdint>
#include <string_view>

namespace graphrail::extract::rules {

/// FNV-1a over the ASCII-lowered bytes: words are compared by this value, never by their bytes.
constexpr std::uint64_t word_hash(std::string_view word) noexcept {
  std::uint64_t hash = 0xCBF29CE484222325ULL;
  for (const char c : word) {
    const char lower = (c >= 'A' && c <= 'Z') ? static_cast<char>(c + ('a' - 'A')) : c;
    hash = (hash ^ static_cast<unsigned char>(lower)) * 0x100000001B3ULL;
  }
  return hash;
}

enum class TokenKind : std::uint8_t { kWord, kNumber, kSymbol };

struct Token {
  /// Byte range in the source.
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  /// word_hash of the text; contractions carry the full word's ('ve -> have).
  std::uint64_t hash = 0;
  /// WordClass bits from the lexicon, 0 for unknown words.
  std::uint64_t classes = 0;
  std::uint32_t block = 0;
  /// 1 + index into Document::links when the token stands in a link, else 0.
  std::uint32_t link = 0;
  TokenKind kind = TokenKind::kSymbol;
  /// One ASCII character per class of symbols: quotes are '"', dashes '-', currency signs '$'.
  char symbol = 0;
  /// Starts with, or contains, an upper-case letter: "Acme", "bitPay", "8Bolt".
  bool capital = false;
  /// Reads as a name by its shape alone: inner capitals, letters with digits, or a domain.
  bool name_shape = false;
  bool space_before = false;
};

}  // namespace graphrail::extract::rules
