// Phrases by which investors take part in a round, as verbs of their own sentence and as
// participles behind "with A, B and C".
#pragma once

#include "extract/rules/phrase_table.h"

namespace graphrail::extract::rules {

enum class Deed : std::uint8_t {
  kTakePart,
  /// Says so only when nothing follows but a clause end or a description of the round.
  kTakePartAtEnd,
  kLead,
};

/// Finite phrases: "chipped in", "are in on", "took the lead".
[[nodiscard]] const PhraseTable<Deed>& deeds();

/// What follows a list after "with": "participating", "chipping in", "as lead investors".
[[nodiscard]] const PhraseTable<Deed>& accompanying_deeds();

}  // namespace graphrail::extract::rules
