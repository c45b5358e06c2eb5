// Whether words of a closed set stand at a token or in a range of them. Pure.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "extract/rules/document.h"

namespace graphrail::extract::rules {

/// Token `i` exists and is one of `words`.
template <std::size_t N>
[[nodiscard]] bool one_of(const Document& doc, std::uint32_t i,
                          const std::array<std::uint64_t, N>& words) {
  return i < doc.tokens.size() &&
         std::find(words.begin(), words.end(), doc.tokens[i].hash) != words.end();
}

/// True when one of `words` stands in [first, last).
template <std::size_t N>
[[nodiscard]] bool any_of(const Document& doc, std::uint32_t first, std::uint32_t last,
                          const std::array<std::uint64_t, N>& words) {
  for (std::uint32_t i = first; i < last; ++i) {
    if (one_of(doc, i, words)) return true;
  }
  return false;
}

/// `steps` tokens before `from`, but not before `floor`.
[[nodiscard]] inline std::uint32_t back(std::uint32_t from, std::uint32_t steps,
                                        std::uint32_t floor) {
  return from > floor + steps ? from - steps : floor;
}

}  // namespace graphrail::extract::rules
