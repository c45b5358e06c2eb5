// The grammar of founding: "our founders, A and B", "A and B started X in 2012", "X's founders
// are A and B", sign-offs over two lines, and people placed at a firm by a clause of their own.
#pragma once

#include "extract/rules/document.h"
#include "extract/rules/facts.h"

namespace graphrail::extract::rules {

/// Adds to `facts.affiliations` and may set `facts.author`; linear, lists are capped.
void find_founders(const Document& doc, Facts& facts);

}  // namespace graphrail::extract::rules
