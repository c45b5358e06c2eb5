// Names that capitals do not show, known by where they stand: "btov Partners" after a cue, "1kx"
// and "minute capital" between two names of a list.
#pragma once

#include "extract/rules/document.h"

namespace graphrail::extract::rules {

/// Adds to `doc.names` and keeps them in text order; needs `doc.name_at`; linear.
void find_odd_names(Document& doc);

}  // namespace graphrail::extract::rules
