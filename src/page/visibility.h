// Says whether an element is shown to a reader at all, from its own attributes: text that is not
// shown must not reach a language model (it is a known way to smuggle in instructions). Style
// sheets are not evaluated. Pure, any thread.
#pragma once

#include <string_view>

#include "page/html_tree.h"

namespace graphrail::page {

/// Whether `element` hides its content: the hidden attribute, or an inline style that removes it
/// from view (display, visibility, opacity, zero size, moved off the page, clipped away,
/// transparent or white on white). html and body never count: a page hidden as a whole is shown by
/// a script.
[[nodiscard]] bool is_hidden(const HtmlTree& tree, NodeIndex element) noexcept;

/// Whether `element` sets its text in white although nothing around it, as far as inline styles
/// tell, has a background: white on white. Headings do not count, they stand on pictures.
[[nodiscard]] bool is_white_on_white(const HtmlTree& tree, NodeIndex element) noexcept;

/// Whether the declarations of a style attribute hide the element. Linear in `style`.
[[nodiscard]] bool style_hides(std::string_view style) noexcept;

}  // namespace graphrail::page
