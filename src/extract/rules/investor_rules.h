// Who put money in: the cues around leads, participants and investments, as tables of phrases
// with what each means. To teach a new phrase, add a row in investor_rules.cpp.
#pragma once

#include "extract/rules/document.h"
#include "extract/rules/facts.h"

namespace graphrail::extract::rules {

/// Adds to `facts.investors`; needs the round mentions; linear.
void find_investors(const Document& doc, Facts& facts);

}  // namespace graphrail::extract::rules
