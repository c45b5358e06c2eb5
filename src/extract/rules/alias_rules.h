// Names the text itself equates: "Acme (formerly Bolt)", "Harbor Street Ventures (HSV)",
// "previously known as Bolt".
#pragma once

#include "extract/rules/document.h"
#include "extract/rules/facts.h"

namespace graphrail::extract::rules {

/// Adds to `facts.same_names`; linear.
void find_same_names(const Document& doc, Facts& facts);

}  // namespace graphrail::extract::rules
