#include "page/main_text.h"

#include "page/block_filter.h"
#include "page/container.h"
#include "page/page_outline.h"

namespace graphrail::page {

namespace {

constexpr double kMostLinkedText = 0.5;
constexpr std::uint8_t kOutsideStory = kBoilerplateHint | kCommentHint;

}  // namespace

MainText find_main_text(const HtmlTree& tree, const PageBlocks& page,
                        const std::vector<std::string>& titles) {
  MainText result;
  if (page.blocks.empty()) return result;
  const PageOutline outline(tree, page);
  result.container = choose_container(tree, page, outline);
  result.blocks = BlockFilter(tree, page, outline, result.container, titles).kept();
  return result;
}

MainText find_readable_text(const HtmlTree& tree, const PageBlocks& page) {
  MainText result;
  const PageOutline outline(tree, page);
  for (std::uint32_t i = 0; i < page.blocks.size(); ++i) {
    const Block& block = page.blocks[i];
    const bool outside = block.link_density() > kMostLinkedText ||
                         (outline.hints_around(block.element) & kOutsideStory) != 0;
    if (!outside) result.blocks.push_back(i);
  }
  return result;
}

}  // namespace graphrail::page
