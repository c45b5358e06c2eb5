#include "page/visibility.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "page/ascii.h"

namespace graphrail::page {
namespace {

constexpr auto npos = std::string_view::npos;
constexpr double kFarOffPage = -500;   // px; menus slide in from less
constexpr double kUnreadableSize = 2;  // px
constexpr double kInvisibleOpacity = 0.05;
constexpr int kBackgroundLevels = 8;  // elements around white text looked at for a background

/// The leading number of a CSS value; `otherwise` when there is none.
double leading_number(std::string_view value, double otherwise) noexcept {
  bool negative = false;
  if (!value.empty() && (value.front() == '-' || value.front() == '+')) {
    negative = value.front() == '-';
    value.remove_prefix(1);
  }
  double number = 0;
  const auto parsed = std::from_chars(value.data(), value.data() + value.size(), number);
  if (parsed.ec != std::errc()) return otherwise;
  return negative ? -number : number;
}

/// A font size no eye can read: 0, 1px, 0.1em. Percentages and keywords count as readable unless 0.
bool is_unreadable_size(std::string_view value) noexcept {
  const double number = leading_number(value, kUnreadableSize);
  const std::size_t unit = value.find_first_not_of("+-.0123456789");
  const bool pixels = unit == npos || starts_with_ignoring_case(value.substr(unit), "p");
  return pixels ? number < kUnreadableSize : number < 0.1;
}

struct StyleFacts {
  bool clipped = false;      // overflow: hidden
  bool no_size = false;      // width, height or max-height of nothing
  bool out_of_flow = false;  // position: absolute or fixed
  bool far_away = false;     // left, top, right or text-indent far outside
};

/// Takes in one declaration; true when it hides the element by itself.
bool declaration_hides(std::string_view name, std::string_view value, StyleFacts& facts) noexcept {
  const auto is = [name](std::string_view lower) { return equals_ignoring_case(name, lower); };
  if (is("display")) return starts_with_ignoring_case(value, "none");
  if (is("visibility")) {
    return starts_with_ignoring_case(value, "hidden") ||
           starts_with_ignoring_case(value, "collapse");
  }
  if (is("opacity")) return leading_number(value, 1) < kInvisibleOpacity;
  if (is("font-size")) return is_unreadable_size(value);
  if (is("color")) return starts_with_ignoring_case(value, "transparent");
  if (is("text-indent")) return leading_number(value, 0) <= kFarOffPage;
  if (is("clip") || is("clip-path")) {
    return starts_with_ignoring_case(value, "rect(0") ||
           starts_with_ignoring_case(value, "rect(1px") ||
           starts_with_ignoring_case(value, "inset(50%") ||
           starts_with_ignoring_case(value, "inset(100%") ||
           starts_with_ignoring_case(value, "circle(0");
  }
  if (is("transform")) return starts_with_ignoring_case(value, "scale(0)");
  if (is("overflow")) facts.clipped = starts_with_ignoring_case(value, "hidden");
  if (is("position")) {
    facts.out_of_flow =
        starts_with_ignoring_case(value, "absolute") || starts_with_ignoring_case(value, "fixed");
  }
  if (is("width") || is("height") || is("max-height") || is("max-width")) {
    facts.no_size = facts.no_size || leading_number(value, kUnreadableSize) < kUnreadableSize;
  }
  if (is("left") || is("top") || is("right") || is("margin-left") || is("margin-top")) {
    facts.far_away = facts.far_away || leading_number(value, 0) <= kFarOffPage;
  }
  return false;
}

/// The value of the "color" declaration of a style, empty when there is none.
std::string_view color_of_style(std::string_view style) noexcept {
  for (std::size_t at = find_ignoring_case(style, "color"); at != npos;
       at = find_ignoring_case(style, "color", at + 1)) {
    const bool whole = at == 0 || style[at - 1] == ';' || is_ascii_space(style[at - 1]);
    const std::string_view rest = trim_ascii_space(style.substr(at + 5));
    if (whole && rest.starts_with(':')) return trim_ascii_space(rest.substr(1, rest.find(';') - 1));
  }
  return {};
}

bool is_hex_digit(char c) noexcept {
  return is_ascii_digit(c) || (ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f');
}

bool is_white(std::string_view color) noexcept {
  for (const std::string_view white :
       {"white", "#fff", "#ffffff", "rgb(255,255,255)", "rgb(255, 255, 255)", "#fefefe"}) {
    if (!starts_with_ignoring_case(color, white)) continue;
    if (color.size() == white.size() || !is_hex_digit(color[white.size()])) return true;
  }
  return false;
}

constexpr auto kHidingClasses = std::to_array<std::string_view>(
    {"assistive-text", "invisible", "print-only", "screen-reader-only", "screen-reader-text",
     "sr-only", "visible-print", "visible-print-block", "visually-hidden", "visuallyhidden"});

/// The class names the common style sheets use for "not on the screen". "d-none" counts unless a
/// wider screen shows the element again ("d-md-block").
bool classes_hide(std::string_view classes) noexcept {
  bool none = false;
  bool shown_again = false;
  while (!classes.empty()) {
    const std::size_t start = classes.find_first_not_of(" \t\r\n\f");
    if (start == npos) break;
    const std::size_t end = std::min(classes.find_first_of(" \t\r\n\f", start), classes.size());
    const std::string_view name = classes.substr(start, end - start);
    if (std::ranges::find(kHidingClasses, name) != kHidingClasses.end()) return true;
    none = none || name == "d-none";
    const bool display = name.starts_with("d-") && name.find('-', 2) != npos;
    shown_again = shown_again || (display && !name.starts_with("d-print"));
    classes.remove_prefix(end);
  }
  return none && !shown_again;
}

}  // namespace

bool style_hides(std::string_view style) noexcept {
  StyleFacts facts;
  while (!style.empty()) {
    const std::size_t end = style.find(';');
    const std::string_view declaration = style.substr(0, end);
    const std::size_t colon = declaration.find(':');
    if (colon != npos) {
      const auto name = trim_ascii_space(declaration.substr(0, colon));
      const auto value = trim_ascii_space(declaration.substr(colon + 1));
      if (declaration_hides(name, value, facts)) return true;
    }
    if (end == npos) break;
    style.remove_prefix(end + 1);
  }
  return (facts.clipped && facts.no_size) || facts.far_away;
}

bool is_white_on_white(const HtmlTree& tree, NodeIndex element) noexcept {
  if (has_trait(tree[element].tag, kHeading)) return false;
  std::string_view color = tree.value(element, AttributeName::kColor);
  const std::string_view style = tree.value(element, AttributeName::kStyle);
  if (color.empty()) color = color_of_style(style);
  if (color.empty() || !is_white(color)) return false;
  NodeIndex around = element;
  for (int level = 0; level < kBackgroundLevels && around != 0; ++level) {
    if (contains_ignoring_case(tree.value(around, AttributeName::kStyle), "background") ||
        !tree.value(around, AttributeName::kBgcolor).empty()) {
      return false;
    }
    around = tree[around].parent;
  }
  return true;
}

bool is_hidden(const HtmlTree& tree, NodeIndex element) noexcept {
  const Node& node = tree[element];
  if (node.attribute_count == 0 || node.tag == Tag::kHtml || node.tag == Tag::kBody) return false;
  if (tree.attribute(element, AttributeName::kHidden) != nullptr &&
      !equals_ignoring_case(tree.value(element, AttributeName::kHidden), "until-found")) {
    return true;
  }
  if (node.tag == Tag::kDialog && tree.attribute(element, AttributeName::kOpen) == nullptr) {
    return true;
  }
  if (classes_hide(tree.value(element, AttributeName::kClass))) return true;
  const std::string_view* style = tree.attribute(element, AttributeName::kStyle);
  if (style != nullptr && style_hides(*style)) return true;
  return is_white_on_white(tree, element);
}

}  // namespace graphrail::page
