// Cuts the tokens of a document into sentences at full stops and block ends.
#pragma once

#include "extract/rules/document.h"

namespace graphrail::extract::rules {

/// Fills `doc.sentences` from `doc.tokens` and `doc.blocks`; linear.
void find_sentences(Document& doc);

}  // namespace graphrail::extract::rules
