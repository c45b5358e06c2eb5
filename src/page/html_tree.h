// The element tree of a page as one flat array in document order: a node's subtree is the range
// [index, end). Built by a reduced form of the tree construction stage of the HTML Standard
// (WHATWG, 13.2.6): implied end tags, scopes and void elements as there; no adoption agency and no
// foster parenting, which move nodes without changing the text a reader sees. Depth is limited, so
// time and memory stay linear in the input. Owned by one page, read from any thread once built.
// Text and attribute values are views into the input, which must outlive the tree.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "page/html_names.h"
#include "page/html_tokenizer.h"

namespace graphrail::page {

/// Index of a node in document order; 0 is the root, which stands for the document.
using NodeIndex = std::uint32_t;

struct Node {
  Tag tag = Tag::kUnknown;
  bool in_link = false;  // text inside an open <a href>
  bool literal = false;  // text in which character references stay
  std::uint8_t attribute_count = 0;
  std::uint16_t depth = 0;
  NodeIndex parent = 0;
  NodeIndex end = 0;  // one past the last descendant
  std::uint32_t first_attribute = 0;
  std::string_view text;  // of a text node
};

class HtmlTree {
 public:
  /// Elements nested deeper become siblings; browsers stop at the same depth.
  static constexpr std::size_t kMaxDepth = 512;

  /// Parses `html` (UTF-8). Never fails: any input has a tree.
  static HtmlTree parse(std::string_view html, bool is_xml = false);

  [[nodiscard]] std::span<const Node> nodes() const noexcept { return nodes_; }
  [[nodiscard]] const Node& operator[](NodeIndex index) const noexcept { return nodes_[index]; }
  [[nodiscard]] NodeIndex size() const noexcept { return static_cast<NodeIndex>(nodes_.size()); }

  /// Value of an attribute as written, nullptr when the element does not have it.
  [[nodiscard]] const std::string_view* attribute(NodeIndex node,
                                                  AttributeName name) const noexcept;
  /// The value, empty when there is none.
  [[nodiscard]] std::string_view value(NodeIndex node, AttributeName name) const noexcept {
    const std::string_view* found = attribute(node, name);
    return found == nullptr ? std::string_view() : *found;
  }

 private:
  friend class HtmlTreeBuilder;
  std::vector<Node> nodes_;
  std::vector<Attribute> attributes_;
};

}  // namespace graphrail::page
