// Headlines of other stories that publishers drop into a text: "Also read: <headline>".
#pragma once

#include "extract/rules/document.h"

namespace graphrail::extract::rules {

/// Removes the tokens of such headlines; the text around them reads on. Linear.
void drop_inserted_headlines(Document& doc);

}  // namespace graphrail::extract::rules
