// Turns tokens into an HtmlTree; see html_tree.h for the rules kept and left out. One builder
// makes one tree, on one thread.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "page/html_tokenizer.h"
#include "page/html_tree.h"

namespace graphrail::page {

class HtmlTreeBuilder {
 public:
  HtmlTreeBuilder(std::string_view html, bool is_xml);

  /// Reads all tokens and hands the tree over.
  HtmlTree build();

 private:
  void add_text(const Token& token);
  void open_element(const Token& token);
  void close_element(Tag tag);
  void close_implied_by(Tag tag);
  void close_list_item(Tag tag);
  void close_table_parts(Tag tag);
  void push(const Token& token);
  void pop();
  void pop_to(std::size_t position);
  [[nodiscard]] std::size_t find_in_scope(Tag tag, std::uint16_t barrier, Tag extra) const;
  [[nodiscard]] Tag tag_at(std::size_t position) const { return tree_.nodes_[open_[position]].tag; }

  HtmlTokenizer tokenizer_;
  bool is_xml_;
  HtmlTree tree_;
  std::vector<NodeIndex> open_;  // open elements, outermost first; [0] is the root
  std::array<std::uint16_t, static_cast<std::size_t>(Tag::kCount)> open_count_{};
  bool link_open_ = false;
  int foreign_depth_ = 0;
};

}  // namespace graphrail::page
