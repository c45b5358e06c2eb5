// What the words of a sentence say about the names around them: who led, who took part, who is
// only a customer. A sentence is read once into a row of tags, one per word; the investor check
// then walks along the row.
#pragma once

#include <cstdint>
#include <vector>

#include "extract/model/support_text.h"

namespace graphrail::extract::model {

enum class CueTag : std::uint8_t {
  /// Names, articles, adjectives, commas: a list goes on over them.
  kPlain,
  /// Any other word of the sentence that says nothing about investing.
  kVerb,
  /// A verb of saying: "announced that it led".
  kSay,
  /// "led by", "lead investors": the names to the right led.
  kLedRight,
  /// "participation from", "joined by": the names to the right took part.
  kInvestedRight,
  /// "from", "including", "with": as above where money or investors are spoken of before.
  kWeakRight,
  /// "led the round": the names to the left led.
  kLedLeft,
  /// "participated", "invested in": the names to the left took part, those to the right did not.
  kInvestedLeft,
  /// "an investment in", "a stake in": the subject of the sentence took part.
  kStakeLeft,
  /// "used by", "customers", "compete with": says the names to the right are something else.
  kOther,
  /// Semicolons and the like.
  kStop,
};

/// One tag per token of a sentence.
struct CueRow {
  rules::TokenRange range;
  std::vector<CueTag> tags;
  /// The token is in brackets or in a "which" clause about the name before it.
  std::vector<bool> aside;

  [[nodiscard]] CueTag at(std::uint32_t token) const { return tags[token - range.first]; }
  [[nodiscard]] bool is_aside(std::uint32_t token) const { return aside[token - range.first]; }
};

/// Reads one sentence. Linear.
[[nodiscard]] CueRow read_cues(const SupportText& text, rules::TokenRange sentence);

/// True when the range speaks of money put into a company: a round word, a sum or a stage.
[[nodiscard]] bool speaks_of_funding(const rules::Document& doc, rules::TokenRange range);

}  // namespace graphrail::extract::model
