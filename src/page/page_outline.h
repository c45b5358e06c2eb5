// The elements of a page seen through their text: how much prose each holds and which part it
// plays, after a page's own naming has been checked against the facts (a "sidebar" class on the
// element that holds the article says nothing). Pure data of one page; built on one thread.
#pragma once

#include <cstdint>
#include <vector>

#include "page/blocks.h"
#include "page/element_hints.h"
#include "page/html_tree.h"

namespace graphrail::page {

class PageOutline {
 public:
  /// Looks at every element that holds a block. Linear in tree and blocks times depth.
  PageOutline(const HtmlTree& tree, const PageBlocks& page);

  /// Whether any block lies below `element`.
  [[nodiscard]] bool has_text(NodeIndex element) const { return has_text_[element] != 0; }
  /// Blocks below `element` as the index range [first_block, last_block).
  [[nodiscard]] std::uint32_t first_block(NodeIndex element) const { return first_block_[element]; }
  [[nodiscard]] std::uint32_t last_block(NodeIndex element) const {
    const NodeIndex end = tree_.get()[element].end;
    return end < first_block_.size() ? first_block_[end] : block_count_;
  }
  /// Checked hints of `element` (ElementHint bits).
  [[nodiscard]] std::uint8_t hints(NodeIndex element) const { return hints_[element]; }
  /// Checked hints of `element` and of everything around it.
  [[nodiscard]] std::uint8_t hints_around(NodeIndex element) const {
    return hints_around_[element];
  }
  /// Effective characters of prose below `element`, boilerplate included.
  [[nodiscard]] double prose(NodeIndex element) const {
    return prose_before_[last_block(element)] - prose_before_[first_block(element)];
  }

  /// Effective characters of prose of one block; 0 for what a site says about itself.
  [[nodiscard]] double prose_of_block(std::uint32_t index) const {
    return prose_before_[index + 1] - prose_before_[index];
  }
  /// Code points below `element` that are not in links.
  [[nodiscard]] std::uint32_t text(NodeIndex element) const {
    return text_before_[last_block(element)] - text_before_[first_block(element)];
  }

 private:
  void check_names(double total);
  void mark_cards();

  std::reference_wrapper<const HtmlTree> tree_;
  std::uint32_t block_count_;
  std::vector<std::uint8_t> has_text_;
  std::vector<std::uint8_t> hints_;
  std::vector<std::uint8_t> hints_around_;
  std::vector<std::uint32_t> first_block_;
  std::vector<double> prose_before_;        // sums over blocks
  std::vector<std::uint32_t> text_before_;  // code points outside links, likewise
};

/// Effective characters of a block's prose: text outside links, full-width characters counted
/// twice; 0 when the block is a label, a list of links or a heading rather than prose.
[[nodiscard]] double prose_of(const Block& block, Tag tag);

}  // namespace graphrail::page
