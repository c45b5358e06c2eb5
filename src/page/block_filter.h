// Decides for every block inside the chosen container whether it belongs to the story. Pure, one
// use per page.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "page/blocks.h"
#include "page/html_tree.h"
#include "page/page_outline.h"

namespace graphrail::page {

class BlockFilter {
 public:
  BlockFilter(const HtmlTree& tree, const PageBlocks& page, const PageOutline& outline,
              NodeIndex container, const std::vector<std::string>& titles);

  /// Indexes of the blocks to keep, in document order.
  [[nodiscard]] std::vector<std::uint32_t> kept();

 private:
  [[nodiscard]] bool is_part_of_story(std::uint32_t index) const;
  [[nodiscard]] bool is_list_of_links(const Block& block) const;
  [[nodiscard]] bool is_headline(const Block& block) const;
  [[nodiscard]] bool is_label(std::uint32_t index) const;
  [[nodiscard]] bool is_prose(std::uint32_t index) const;
  [[nodiscard]] bool leads_to_links(std::uint32_t heading) const;
  void drop_repeated_blocks();
  void drop_closing_sections();
  void drop_asides_of_paragraphs();
  void drop_leading_labels();
  void drop_trailing_labels();
  void drop_headings_of_nothing();

  const HtmlTree& tree_;
  const PageBlocks& page_;
  const PageOutline& outline_;
  NodeIndex container_;
  const std::vector<std::string>& titles_;
  std::uint32_t first_;
  std::uint32_t last_;
  std::vector<std::uint8_t> keep_;  // by block index minus first_
  // Hints of an element and of what is around it up to the container, by node minus container.
  std::vector<std::uint8_t> hints_inside_;
};

}  // namespace graphrail::page
