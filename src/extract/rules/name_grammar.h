// What may be a word of a proper name and how words join to one: the grammar of names, without
// any memory. Refers to a Document that outlives it.
#pragma once

#include "extract/rules/document.h"

namespace graphrail::extract::rules {

inline constexpr std::uint32_t kLongestName = 12;

class NameGrammar {
 public:
  explicit NameGrammar(const Document& doc) : doc_(doc) {}

  /// Part of an amount or a stage.
  [[nodiscard]] bool taken(std::uint32_t i) const;
  /// Could token `i` be a word of a name in running text?
  [[nodiscard]] bool name_word(std::uint32_t i) const;
  /// A role word ends a run: "Bigshop CEO Sam Stone" is two names.
  [[nodiscard]] bool role_break(std::uint32_t i, std::uint32_t last, bool first_word) const;
  /// First token after the run that starts at `i`, within the sentence's `last`.
  [[nodiscard]] std::uint32_t run_end(std::uint32_t i, std::uint32_t last) const;
  /// "SPRINGFIELD, March 3 /Wire/ -- Acme": names start after the dateline's dash.
  [[nodiscard]] std::uint32_t after_dateline(const Sentence& sentence) const;
  /// A common word at the start of a sentence is capitalised by its place: "Startup Foo raised".
  [[nodiscard]] bool opener(std::uint32_t i) const;
  /// Is [first, end) a name, and not words capitalised for another reason?
  [[nodiscard]] bool accept(std::uint32_t first, std::uint32_t end, bool at_start,
                            bool headline) const;
  /// Could token `i` be a word of a name in a headline?
  [[nodiscard]] bool headline_word(std::uint32_t i, bool first_word) const;
  /// Where a title's " - Publisher" or " | Publisher" begins, else its end.
  [[nodiscard]] std::uint32_t before_publisher(const Sentence& sentence) const;
  /// "500 Startups": end of the name that starts with the number at `i`, or `i`.
  [[nodiscard]] std::uint32_t numbered_end(std::uint32_t i, std::uint32_t last) const;

 private:
  bool firm_next(std::uint32_t i) const;
  bool numbered(std::uint32_t first, std::uint32_t end, std::uint32_t last) const;
  bool adverb_of_name(std::uint32_t i) const;
  bool founder_of_name(std::uint32_t i, std::uint32_t last) const;
  bool two_people(std::uint32_t first, std::uint32_t end, std::uint32_t last) const;
  bool place(std::uint32_t first, std::uint32_t end) const;
  bool verb_break(std::uint32_t i) const;
  bool legal_suffix(std::uint32_t i) const;
  std::uint32_t joined(std::uint32_t first, std::uint32_t end, std::uint32_t last) const;
  bool closing_pronoun(std::uint32_t i) const;
  bool corporation(std::uint32_t sign) const;
  bool institution(std::uint32_t i) const;
  bool couple(std::uint32_t first, std::uint32_t end, std::uint32_t last) const;
  bool introduced(std::uint32_t i, bool headline) const;
  bool plain_words(std::uint32_t first, std::uint32_t last, bool headline) const;
  bool origin(std::uint32_t first, std::uint32_t end) const;
  bool origin_of_kind(std::uint32_t first, std::uint32_t end) const;
  bool spelled_out(std::uint32_t first, std::uint32_t end) const;

  const Document& doc_;
};

}  // namespace graphrail::extract::rules
