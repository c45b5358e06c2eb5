#include "page/style_rules.h"

#include <algorithm>

#include "page/ascii.h"
#include "page/visibility.h"

namespace graphrail::page {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr std::uint32_t kMostHiddenShare = 5;  // a fifth
constexpr std::size_t kLongestSelector = 2000;
constexpr std::size_t kLongestName = 100;

bool is_name_char(char c) noexcept {
  return is_ascii_alpha(c) || is_ascii_digit(c) || c == '-' || c == '_';
}

bool is_simple_selector(std::string_view selector) noexcept {
  return selector.size() > 1 && selector.size() <= kLongestName &&
         (selector.front() == '.' || selector.front() == '#') &&
         std::ranges::all_of(selector.substr(1), is_name_char);
}

/// The text of a rule's prelude without the comments before it.
std::string_view without_comments(std::string_view text) noexcept {
  const std::size_t end = text.rfind("*/");
  return trim_ascii_space(end == npos ? text : text.substr(end + 2));
}

}  // namespace

StyleRules::StyleRules(const HtmlTree& tree) : tree_(tree) {
  for (NodeIndex at = 1; at < tree.size(); ++at) {
    if (tree[at].tag == Tag::kText && tree[tree[at].parent].tag == Tag::kStyle) {
      read_sheet(tree[at].text);
    }
  }
  if (hidden_.empty()) return;
  text_before_.assign(tree.size() + 1, 0);
  for (NodeIndex at = 0; at < tree.size(); ++at) {
    const Node& node = tree[at];
    const bool read = node.tag == Tag::kText && !has_trait(tree[node.parent].tag, kUnreadElement);
    text_before_[at + 1] =
        text_before_[at] +
        (read ? static_cast<std::uint32_t>(trim_ascii_space(node.text).size()) : 0);
  }
}

// Rules inside @media and the like only ever show: what a narrow screen hides a wide one has.
void StyleRules::read_sheet(std::string_view css) {
  int conditions = 0;
  std::size_t at = 0;
  while (at < css.size()) {
    std::size_t mark = at;
    while (mark < css.size() && css[mark] != '{' && css[mark] != '}' && css[mark] != ';') ++mark;
    if (mark == css.size()) return;
    const std::string_view prelude = css.substr(at, mark - at);
    at = mark + 1;
    if (css[mark] == '}') conditions = std::max(0, conditions - 1);
    if (css[mark] != '{') continue;
    const std::string_view selectors = without_comments(prelude);
    if (selectors.starts_with('@')) {
      ++conditions;
      continue;
    }
    const std::size_t end = std::min(css.find('}', at), css.size());
    if (selectors.size() <= kLongestSelector) {
      read_rule(selectors, css.substr(at, end - at), conditions > 0);
    }
    at = std::min(end + 1, css.size());
  }
}

void StyleRules::read_rule(std::string_view selectors, std::string_view declarations,
                           bool conditional) {
  const bool named = std::ranges::any_of(selectors, [](char c) { return c == '.' || c == '#'; });
  const bool says = declarations.find("isplay") != npos || declarations.find("isib") != npos ||
                    declarations.find("pacity") != npos || declarations.find("size") != npos ||
                    declarations.find("osition") != npos || declarations.find("clip") != npos ||
                    declarations.find("indent") != npos;
  if (!named || !says) return;
  const bool hides = style_hides(declarations);
  const bool shows = !hides && (contains_ignoring_case(declarations, "display") ||
                                contains_ignoring_case(declarations, "visibility") ||
                                contains_ignoring_case(declarations, "opacity"));
  if ((!hides || conditional) && !shows) return;
  while (!selectors.empty()) {
    const std::size_t comma = std::min(selectors.find(','), selectors.size());
    const std::string_view selector = trim_ascii_space(selectors.substr(0, comma));
    if (is_simple_selector(selector)) {
      if (hides) {
        hidden_.insert(selector);
      } else {
        hidden_.erase(selector);
      }
    }
    selectors.remove_prefix(std::min(comma + 1, selectors.size()));
  }
}

bool StyleRules::names_hidden(std::string_view names, char kind) const {
  std::string key;
  for (std::size_t at = 0; at < names.size();) {
    while (at < names.size() && is_ascii_space(names[at])) ++at;
    const std::size_t start = at;
    while (at < names.size() && !is_ascii_space(names[at])) ++at;
    if (at == start || at - start > kLongestName) continue;
    key.assign(1, kind);
    key.append(names, start, at - start);
    if (hidden_.contains(key)) return true;
  }
  return false;
}

bool StyleRules::hide(NodeIndex element) const {
  if (hidden_.empty() || tree_[element].attribute_count == 0) return false;
  if (!names_hidden(tree_.value(element, AttributeName::kClass), '.') &&
      !names_hidden(tree_.value(element, AttributeName::kId), '#')) {
    return false;
  }
  const std::uint32_t inside = text_before_[tree_[element].end] - text_before_[element];
  return inside * kMostHiddenShare <= text_before_.back();
}

}  // namespace graphrail::page
