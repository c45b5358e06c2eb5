// Finds where a text speaks of a funding round: stage, amount and round words that belong
// together, whose round it is, and whether it is a fact.
#pragma once

#include "extract/rules/document.h"
#include "extract/rules/facts.h"

namespace graphrail::extract::rules {

/// Fills `facts.rounds` and `facts.rounds_of_sentence`; linear.
void find_round_mentions(const Document& doc, Facts& facts);

}  // namespace graphrail::extract::rules
