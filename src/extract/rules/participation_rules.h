// Investors named by what they do instead of by a cue before them: "A and B also put money in",
// "with A leading and B following", "the money came from A", "X counts A among its backers".
#pragma once

#include "extract/rules/document.h"
#include "extract/rules/facts.h"

namespace graphrail::extract::rules {

/// Adds to `facts.investors` what sentence number `sentence` says; linear, lists are capped.
void find_participations(const Document& doc, std::uint32_t sentence, Facts& facts);

}  // namespace graphrail::extract::rules
