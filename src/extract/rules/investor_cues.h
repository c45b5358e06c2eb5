// The phrases that announce investors, and what each says about the names to its right. To teach
// the rules a new phrase, add a row in investor_cues.cpp.
#pragma once

#include "extract/rules/phrase_table.h"

namespace graphrail::extract::rules {

/// What a cue says about the names to its right.
enum class Cue : std::uint8_t {
  /// They led the round.
  kLed,
  /// They took part, whatever else the sentence says about a round.
  kParticipant,
  /// They took part if the sentence speaks of a round or of leaders before the cue.
  kCompanion,
  /// They gave money if a round stands shortly before.
  kFrom,
  /// They are investors in the company.
  kBacker,
  /// They are angels.
  kAngels,
  /// They took part if the list goes on with "on board", "as investors" or "join".
  kWelcome,
  /// They are listed as investors when an investor noun stands before.
  kIncluding,
};

/// Built on first use, read-only afterwards.
[[nodiscard]] const PhraseTable<Cue>& investor_cues();

}  // namespace graphrail::extract::rules
