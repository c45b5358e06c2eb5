// Which classes and ids a page's own style elements hide: `.x { display: none }`. Only rules with
// a single class or id as selector count, and only until another such rule, perhaps for wider
// screens, shows the element again. Text hidden this way is a known way to smuggle instructions to
// a language model. Owned by one page; names are views into its text. Built on one thread.
#pragma once

#include <string_view>
#include <unordered_set>
#include <vector>

#include "page/html_tree.h"

namespace graphrail::page {

class StyleRules {
 public:
  /// Reads the style elements of `tree`, in order. Linear in their text.
  explicit StyleRules(const HtmlTree& tree);

  /// Whether a rule hides `element`. An element with more than a fifth of the page's text is not
  /// hidden: scripts reveal articles that start invisible.
  [[nodiscard]] bool hide(NodeIndex element) const;

 private:
  void read_sheet(std::string_view css);
  void read_rule(std::string_view selectors, std::string_view declarations, bool conditional);
  [[nodiscard]] bool names_hidden(std::string_view names, char kind) const;

  const HtmlTree& tree_;
  std::unordered_set<std::string_view> hidden_;  // ".class" and "#id" as written
  std::vector<std::uint32_t> text_before_;       // bytes of text before each node
};

}  // namespace graphrail::page
