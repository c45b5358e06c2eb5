// The phrases of read_cues. To teach the support check a new phrase, add a row in the .cpp.
#pragma once

#include "extract/model/support_cues.h"
#include "extract/rules/phrase_table.h"

namespace graphrail::extract::model {

/// Built on first use, read-only afterwards.
[[nodiscard]] const rules::PhraseTable<CueTag>& support_cue_words();

}  // namespace graphrail::extract::model
