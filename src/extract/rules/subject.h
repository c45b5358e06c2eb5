// Who does what a verb says: looks left of a verb for its subject, past auxiliaries, reporting
// verbs, parentheses and appositives.
#pragma once

#include <vector>

#include "extract/rules/document.h"

namespace graphrail::extract::rules {

enum class SubjectKind : std::uint8_t {
  kNobody,
  kNames,
  /// "we", "I", "our".
  kFirstPerson,
  /// "it", "they", "the company": whoever the text is about at this point.
  kAnaphor,
  /// A description without a name: "a Tokyo startup".
  kUnnamed,
};

struct Subject {
  SubjectKind kind = SubjectKind::kNobody;
  /// In text order; for kNames only.
  std::vector<std::uint32_t> names;
  /// First token of the subject.
  std::uint32_t first = 0;
  /// First token after it.
  std::uint32_t last = 0;
};

/// Subject of the verb at token `verb` within its sentence. With `list`, names joined by commas
/// and "and" are taken together. Looks at most 80 tokens back.
[[nodiscard]] Subject find_subject(const Document& doc, const Sentence& sentence,
                                   std::uint32_t verb, bool list);

}  // namespace graphrail::extract::rules
