// Founders and the people of investing firms: "founded by A and B", "co-founder A", "A, CEO and
// founder of X", "A (GP at X)", "A of X", "X partner A".
#pragma once

#include "extract/rules/document.h"
#include "extract/rules/facts.h"

namespace graphrail::extract::rules {

/// Adds to `facts.affiliations`; linear.
void find_people(const Document& doc, Facts& facts);

}  // namespace graphrail::extract::rules
