// Stages of funding rounds: "Series B", "pre-seed", "seed round", "angel investment".
#pragma once

#include "extract/rules/document.h"

namespace graphrail::extract::rules {

/// Fills `doc.stages` and `doc.stage_at`; needs `doc.money_at`; linear.
void find_stages(Document& doc);

}  // namespace graphrail::extract::rules
