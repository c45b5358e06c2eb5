// Reads off a sentence's cues what part a named investor plays in it. Pure; rows come from
// support_cues.h.
#pragma once

#include "extract/model/support_cues.h"

namespace graphrail::extract::model {

/// What the words around one mention say.
struct InvestorRole {
  bool led = false;
  bool invested = false;
  /// "with Acme": an investor only where something else says so too.
  bool perhaps = false;
  /// A customer, an employer, the one invested in.
  bool other = false;
  /// No party to anything: a place, a day, who wrote the headline.
  bool stranger = false;
  /// Named to say where a person works.
  bool employer = false;
  /// "with" stands between the name and the verb that gives it the part.
  bool past_company = false;
  /// The token that says it; rules::kNone without one.
  std::uint32_t cue = rules::kNone;
};

/// `mention` stands in the row's sentence.
[[nodiscard]] InvestorRole role_in_sentence(const SupportText& text, const CueRow& row,
                                            rules::TokenRange mention);

/// The part that the heading or lead-in line of a list gives to its items: `sentence` is the item.
[[nodiscard]] InvestorRole role_from_lead_in(const SupportText& text, std::uint32_t sentence);

}  // namespace graphrail::extract::model
