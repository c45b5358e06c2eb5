#include "page/main_text.h"

#include "page/block_filter.h"
#include "page/container.h"
#include "page/page_outline.h"

namespace graphrail::page {

MainText find_main_text(const HtmlTree& tree, const PageBlocks& page,
                        const std::vector<std::string>& titles) {
  MainText result;
  if (page.blocks.empty()) return result;
  const PageOutline outline(tree, page);
  result.container = choose_container(tree, page, outline);
  result.blocks = BlockFilter(tree, page, outline, result.container, titles).kept();
  return result;
}

}  // namespace graphrail::page
