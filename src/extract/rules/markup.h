// From a source with front matter, markdown and HTML to the stretches a reader would see. Nothing
// is copied: the result refers to byte ranges of the source, so every later span stays verbatim.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace graphrail::extract::rules {

enum class BlockKind : std::uint8_t {
  kTitle,
  kHeading,
  kParagraph,
  kListItem,
  /// Name and title of a quoted person, from the attributes of a component.
  kAttribution,
  /// A prose field of the front matter other than the title.
  kField,
};

struct Block {
  BlockKind kind = BlockKind::kParagraph;
};

/// A visible byte range of the source inside one block.
struct Segment {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint32_t block = 0;
  /// 1 + index into VisibleText::links, 0 outside links.
  std::uint32_t link = 0;
  /// Read as if a comma stood before it.
  bool comma_before = false;
};

struct VisibleText {
  std::vector<Segment> segments;
  std::vector<Block> blocks;
  /// Targets of links, as written.
  std::vector<std::string_view> links;
};

/// Linear in `source`. The first line is a title when it is short and no sentence; a front matter
/// block after it (or first) is read for its prose fields (title, description, summary ...).
[[nodiscard]] VisibleText read_markup(std::string_view source);

}  // namespace graphrail::extract::rules
