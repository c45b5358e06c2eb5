// The lexicon's table: a class and its words, separated by spaces. Only general vocabulary
// belongs here; names of companies, funds or publishers do not.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace graphrail::extract::rules {

struct LexiconRow {
  std::uint64_t classes;
  std::string_view words;
};

[[nodiscard]] std::span<const LexiconRow> lexicon_rows() noexcept;

}  // namespace graphrail::extract::rules
