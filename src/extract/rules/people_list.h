// Lists of persons: "A (CEO), Dr. B and C". Unlike lists of investors they hold nothing but
// persons, so any name of two or more words that is no firm's may stand in them.
#pragma once

#include <vector>

#include "extract/rules/document.h"

namespace graphrail::extract::rules {

struct PeopleList {
  /// Indices into Document::names, at most 12.
  std::vector<std::uint32_t> names;
  TokenRange span;
};

/// Could this name be a person's? Given names are not required: what stands next to it decides.
[[nodiscard]] bool person_shape(const Document& doc, const Name& name);

/// A person's name, or a given name alone ("Anna and Marc"), where people are expected.
[[nodiscard]] bool person_in_list(const Document& doc, const Name& name);

/// The list that starts at token `i`; empty when no person stands there.
[[nodiscard]] PeopleList read_people(const Document& doc, std::uint32_t i, std::uint32_t last);

/// The list that ends right before token `end`, not before `first`.
[[nodiscard]] PeopleList read_people_before(const Document& doc, std::uint32_t first,
                                            std::uint32_t end);

}  // namespace graphrail::extract::rules
