// What a page's own words say about an element: its tag, role, class and id name the part it plays
// (navigation, share bar, comments, related stories, article body). Pure, any thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "page/html_tree.h"

namespace graphrail::page {

/// Bits of `element_hints`.
enum ElementHint : std::uint8_t {
  kBoilerplateHint = 1U << 0U,  // navigation, share bar, related list, advertisement, form
  kCommentHint = 1U << 1U,      // readers' comments
  kContentHint = 1U << 2U,      // says it is the article's body
  kCaptionHint = 1U << 3U,      // caption or credit of a picture
  kBylineHint = 1U << 4U,       // author, date, section label
  kPictureHint = 1U << 5U,      // a picture or player with what belongs to it
};

/// Hints of one element from its tag, role, itemprop, class and id.
[[nodiscard]] std::uint8_t element_hints(const HtmlTree& tree, NodeIndex element) noexcept;

}  // namespace graphrail::page
