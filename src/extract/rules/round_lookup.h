// Which round mention a word of a sentence belongs to.
#pragma once

#include <algorithm>

#include "extract/rules/facts.h"

namespace graphrail::extract::rules {

inline bool sentence_has_round(const Facts& facts, std::uint32_t sentence) {
  return facts.rounds_of_sentence[sentence] < facts.rounds_of_sentence[sentence + 1];
}

/// First mention of the sentence that starts at or after token `at`, or kNone.
inline std::uint32_t round_after(const Facts& facts, std::uint32_t sentence, std::uint32_t at) {
  const auto begin = facts.rounds.begin();
  const auto first = begin + facts.rounds_of_sentence[sentence];
  const auto last = begin + facts.rounds_of_sentence[sentence + 1];
  const auto found = std::partition_point(
      first, last, [at](const RoundMention& mention) { return mention.span.first < at; });
  return found == last ? kNone : static_cast<std::uint32_t>(found - begin);
}

/// Last mention of the sentence that starts before token `at`, or kNone.
inline std::uint32_t round_before(const Facts& facts, std::uint32_t sentence, std::uint32_t at) {
  const std::uint32_t after = round_after(facts, sentence, at);
  const std::uint32_t next = after == kNone ? facts.rounds_of_sentence[sentence + 1] : after;
  return next > facts.rounds_of_sentence[sentence] ? next - 1 : kNone;
}

/// The mention before `at`, else the one after it, else kNone.
inline std::uint32_t nearest_round(const Facts& facts, std::uint32_t sentence, std::uint32_t at) {
  const std::uint32_t before = round_before(facts, sentence, at);
  return before != kNone ? before : round_after(facts, sentence, at);
}

/// "A, who led our seed round in 2017, also participated": is the round at `round` one of a
/// relative clause that ends before token `verb`?
inline bool in_relative(const Document& doc, const Sentence& sentence, TokenRange round,
                        std::uint32_t verb) {
  constexpr std::uint32_t kReach = 8;
  bool comma = false;
  for (std::uint32_t i = round.last; i < verb; ++i) comma = comma || doc.symbol(i, ',');
  if (!comma) return false;
  for (std::uint32_t i = round.first; i > sentence.first + 1 && round.first - i < kReach; --i) {
    if (doc.is(i - 1, "who"_w) || doc.is(i - 1, "which"_w)) {
      return doc.has(i, kLead | kInvest | kParticipate | kVerb);
    }
  }
  return false;
}

}  // namespace graphrail::extract::rules
