// What a sentence says about a person named in it: founder of what, at home in which firm. Pure.
#pragma once

#include <cstdint>

#include "extract/model/support_names.h"
#include "extract/model/support_text.h"

namespace graphrail::extract::model {

enum class PersonClaim : std::uint8_t {
  kStated,
  /// The words give the person another role, or the role at another organisation.
  kContradicted,
  kUnsaid,
};

/// Whether `person`, a mention, is said to have founded what `project` names. A founder's word that
/// names no organisation counts for the project.
[[nodiscard]] PersonClaim founded(const SupportText& text, rules::TokenRange person,
                                  const SupportNames& project);

/// Whether `person`, a mention, is said to work at `firm`; both stand in `range`, whole sentences.
[[nodiscard]] PersonClaim works_at(const SupportText& text, rules::TokenRange range,
                                   rules::TokenRange person, const SupportNames& firm);

}  // namespace graphrail::extract::model
