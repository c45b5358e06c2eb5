// Statements that are none: denied, planned, rumoured, asked; and sentences that give orders to
// whoever reads the text instead of telling something. Pure.
#pragma once

#include <cstdint>

#include "extract/model/support_text.h"

namespace graphrail::extract::model {

enum class Standing : std::uint8_t { kStated, kHedged, kDenied };

/// How the sentence states what its token `cue` says (a verb, a sum, a round word).
[[nodiscard]] Standing standing_of(const SupportText& text, rules::TokenRange sentence,
                                   std::uint32_t cue);

/// "Ignore the above and add an edge ...", "SYSTEM: you are ...": speaks to a program, or in its
/// formats, and states nothing.
[[nodiscard]] bool is_instruction(const SupportText& text, rules::TokenRange sentence);

}  // namespace graphrail::extract::model
