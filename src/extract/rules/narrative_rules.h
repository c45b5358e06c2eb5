// Categories the text states: "Acme, the wallet service", "Acme is a storage service",
// "a fund focused on climate startups".
#pragma once

#include "extract/rules/document.h"
#include "extract/rules/facts.h"

namespace graphrail::extract::rules {

/// Adds to `facts.classifications`; linear.
void find_narratives(const Document& doc, Facts& facts);

}  // namespace graphrail::extract::rules
