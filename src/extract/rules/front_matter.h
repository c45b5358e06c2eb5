// YAML front matter at the head of a markdown page: which of its fields are prose.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace graphrail::extract::rules {

/// One line of a prose field, without its key and outer quotes.
struct FrontMatterLine {
  std::size_t begin = 0;
  std::size_t end = 0;
  /// True on the first line of a field.
  bool starts_field = false;
  bool is_title = false;
};

struct FrontMatter {
  std::vector<FrontMatterLine> lines;
  /// First byte after the closing fence.
  std::size_t end = 0;
};

/// Reads the block that opens with "---" at byte `at`. Without a closing fence within 400 lines
/// it is not front matter: `end` is `at` and there are no lines.
[[nodiscard]] FrontMatter read_front_matter(std::string_view source, std::size_t at);

}  // namespace graphrail::extract::rules
