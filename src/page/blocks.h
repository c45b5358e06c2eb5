// The visible text of a page as blocks: the runs of inline content between block boundaries, in
// document order, with the figures by which main text is told from its surroundings. Owned by one
// page; block indexes stay valid as long as it lives. Built on one thread, read from any.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "page/html_tree.h"
#include "page/text_writer.h"

namespace graphrail::page {

struct Block {
  std::uint32_t begin = 0;  // byte range in PageBlocks::text
  std::uint32_t end = 0;
  NodeIndex element = 0;     // the nearest block element around it
  NodeIndex first_text = 0;  // its first text node
  TextCounts counts;

  [[nodiscard]] double link_density() const noexcept {
    return counts.chars == 0 ? 0 : static_cast<double>(counts.link_chars) / counts.chars;
  }
};

struct PageBlocks {
  std::string text;  // all visible text, blocks one after another without separators
  std::vector<Block> blocks;
  std::uint32_t hidden_chars = 0;     // code points inside hidden elements
  std::uint32_t invisible_chars = 0;  // invisible code points in visible text

  [[nodiscard]] std::string_view text_of(const Block& block) const noexcept {
    return std::string_view(text).substr(block.begin, block.end - block.begin);
  }
};

/// Reads the blocks of `tree`. Linear in the tree.
[[nodiscard]] PageBlocks read_blocks(const HtmlTree& tree);

}  // namespace graphrail::page
