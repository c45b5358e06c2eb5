#include "page/html_tree.h"

#include "page/html_tree_builder.h"

namespace graphrail::page {

HtmlTree HtmlTree::parse(std::string_view html, bool is_xml) {
  return HtmlTreeBuilder(html, is_xml).build();
}

const std::string_view* HtmlTree::attribute(NodeIndex node, AttributeName name) const noexcept {
  const Node& element = nodes_[node];
  for (std::size_t i = 0; i < element.attribute_count; ++i) {
    const Attribute& attribute = attributes_[element.first_attribute + i];
    if (attribute.name == name) return &attribute.value;
  }
  return nullptr;
}

}  // namespace graphrail::page
