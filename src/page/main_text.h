// Finds the main text among a page's blocks: the container that holds most prose for least
// boilerplate, and inside it the blocks that belong to the story. Pure, any thread.
#pragma once

#include <string>
#include <vector>

#include "page/blocks.h"
#include "page/html_tree.h"

namespace graphrail::page {

/// What was chosen: the container element and the indexes of the kept blocks in document order.
struct MainText {
  NodeIndex container = 0;
  std::vector<std::uint32_t> blocks;
};

/// `titles` are the titles the page's head declares: a headline that repeats one is not kept.
[[nodiscard]] MainText find_main_text(const HtmlTree& tree, const PageBlocks& page,
                                      const std::vector<std::string>& titles);

/// For pages without prose: every visible block outside navigation, footers, forms and comments
/// that is not a list of links. `container` is the root.
[[nodiscard]] MainText find_readable_text(const HtmlTree& tree, const PageBlocks& page);

}  // namespace graphrail::page
