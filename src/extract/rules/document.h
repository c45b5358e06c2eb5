// A text made ready for the rules: tokens, sentences and the mentions found in them. Built once
// per extraction by read_document, then read by every rule. Indices are positions in `tokens`
// unless said otherwise; ranges are half open.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "extract/rules/lexicon.h"
#include "extract/rules/markup.h"
#include "extract/rules/token.h"

namespace graphrail::extract::rules {

inline constexpr std::uint32_t kNone = 0xFFFFFFFFU;

struct TokenRange {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

struct Sentence {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t block = 0;
  BlockKind kind = BlockKind::kParagraph;
  /// Most words are capitalised, so capitals say little about names.
  bool title_case = false;
};

/// A proper name as it stands in the text.
struct Name {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t sentence = 0;
  /// Two or three words that begin with a given name.
  bool person = false;
  /// Ends in a word that firms of any kind have: Group, Labs, Capital.
  bool firm = false;
  /// Ends in a word that investing firms have: Ventures, Capital.
  bool fund = false;
};

/// An amount of money.
struct Money {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::int64_t amount = 0;
  /// ISO 4217, empty when the text names no currency.
  std::string_view currency;
  bool in_parentheses = false;
};

/// A word or words that name the stage of a round.
struct Stage {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  /// "series-a", "seed", "pre-seed", "angel", "strategic" ...
  std::string stage;
};

struct Document {
  std::string_view source;
  std::vector<Block> blocks;
  std::vector<std::string_view> links;
  std::vector<Token> tokens;
  std::vector<Sentence> sentences;
  std::vector<Name> names;
  std::vector<Money> money;
  std::vector<Stage> stages;
  /// Per token, the index of the name, money or stage it belongs to, or kNone.
  std::vector<std::uint32_t> name_at;
  std::vector<std::uint32_t> money_at;
  std::vector<std::uint32_t> stage_at;

  [[nodiscard]] bool is(std::size_t i, std::uint64_t hash) const {
    return i < tokens.size() && tokens[i].hash == hash;
  }
  [[nodiscard]] bool has(std::size_t i, std::uint64_t classes) const {
    return i < tokens.size() && (tokens[i].classes & classes) != 0;
  }
  [[nodiscard]] bool symbol(std::size_t i, char symbol) const {
    return i < tokens.size() && tokens[i].symbol == symbol;
  }
  [[nodiscard]] std::string_view text(std::size_t i) const {
    return source.substr(tokens[i].begin, tokens[i].end - tokens[i].begin);
  }
  /// The name that begins (or ends) at token `i`, or kNone.
  [[nodiscard]] std::uint32_t name_starting(std::size_t i) const;
  [[nodiscard]] std::uint32_t name_ending(std::size_t last) const;
  /// The words of a range with single spaces where the source has any.
  [[nodiscard]] std::string words(TokenRange range) const;
  /// True when token `i` is a word of the running text that starts in lower case.
  [[nodiscard]] bool lower_word(std::size_t i) const {
    return tokens[i].kind == TokenKind::kWord && !tokens[i].capital;
  }
};

/// Runs the reading stages: markup, tokens, sentences, money, stages, names.
[[nodiscard]] Document read_document(std::string_view source);

inline namespace literals {
consteval std::uint64_t operator""_w(const char* text, std::size_t size) {
  return word_hash({text, size});
}
}  // namespace literals

}  // namespace graphrail::extract::rules
