// Judges a round mention by the words around it: which verb makes it an event, whose round it is,
// and whether it is a total, an earlier round, a plan or a rumour.
#pragma once

#include "extract/rules/document.h"
#include "extract/rules/facts.h"

namespace graphrail::extract::rules {

/// An amount that is a valuation, revenue, prize, fund size … and no round.
[[nodiscard]] bool money_trap(const Document& doc, const Sentence& sentence, const Money& money);

/// "It competes with Acme, which raised $5m last year": another company's round.
[[nodiscard]] bool rivals_round(const Document& doc, const Sentence& sentence,
                                const RoundMention& mention);

/// "has invested over $700 million in companies", "a combined $5m into A and B".
[[nodiscard]] bool of_many(const Document& doc, const Sentence& sentence,
                           const RoundMention& mention);

/// The money of `mention` bought or built something, or was given away: no round.
[[nodiscard]] bool thing_bought(const Document& doc, const Sentence& sentence,
                                const RoundMention& mention);

/// A round word at `i` used as a noun of its own, not in "investment firm" or a name.
[[nodiscard]] bool round_noun_at(const Document& doc, const Sentence& sentence, std::uint32_t i);

/// The sentence is about a token sale, which is not a venture round.
[[nodiscard]] bool speaks_of_crowdsale(const Document& doc, const Sentence& sentence);

/// "added $1 million to the $4 million Series A": the verb for the first sum, kNone otherwise.
[[nodiscard]] std::uint32_t adding_verb(const Document& doc, std::uint32_t floor,
                                        const RoundMention& mention);

/// In the same words, the second mention: a round of before.
[[nodiscard]] bool added_to(const Document& doc, const Sentence& sentence,
                            const RoundMention& mention);

/// The noun at `i` stands for money without an amount: "an undisclosed sum".
[[nodiscard]] bool undisclosed_sum(const Document& doc, const Sentence& sentence, std::uint32_t i);

/// Fills verb, owner and the flags of `mention`. Words before `floor` belong to another mention.
void judge_round(const Document& doc, const Sentence& sentence, std::uint32_t floor,
                 RoundMention& mention);

}  // namespace graphrail::extract::rules
