// Pairs of name forms that stand for the same thing, found by the shape of the forms alone.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace graphrail::extract::rules {

/// One distinct form of a name: its words in lower case, without legal suffixes.
struct NameForm {
  std::vector<std::string> words;
  bool firm = false;
  bool person = false;
  bool capital_letters_only = false;
};

/// Indices of forms to merge; linear in the number of forms (comparisons per bucket are capped).
[[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> find_aliases(
    const std::vector<NameForm>& forms);

/// "Harbor Street" -> "h10t": first letter, number of letters between, last letter.
[[nodiscard]] std::string numeronym(const std::vector<std::string>& words);

}  // namespace graphrail::extract::rules
