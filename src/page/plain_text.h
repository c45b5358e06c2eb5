// Tidies a text/plain document. Pure, any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace graphrail::page {

struct TidyText {
  std::string text;
  std::size_t removed_invisible_chars = 0;
};

/// Runs of blanks become one space, lines keep their breaks, blank lines are dropped, invisible
/// characters are removed and counted. Nothing is read as markup.
[[nodiscard]] TidyText tidy_plain_text(std::string_view text);

}  // namespace graphrail::page
