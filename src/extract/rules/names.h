// Proper names: runs of capitalised words in running text; in headlines, where everything is
// capitalised, first the names known from the text, then what the lexicon does not know.
#pragma once

#include "extract/rules/document.h"

namespace graphrail::extract::rules {

/// Fills `doc.names` and `doc.name_at`; needs money and stages; linear.
void find_names(Document& doc);

}  // namespace graphrail::extract::rules
