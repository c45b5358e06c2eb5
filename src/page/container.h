// Chooses the element whose subtree holds the main text. Pure, any thread.
#pragma once

#include "page/blocks.h"
#include "page/html_tree.h"
#include "page/page_outline.h"

namespace graphrail::page {

/// The element whose blocks add up to most prose after boilerplate inside it has been charged;
/// among equals the innermost, and inside it an element that says it is the article's body when
/// that holds nearly all of the prose.
[[nodiscard]] NodeIndex choose_container(const HtmlTree& tree, const PageBlocks& page,
                                         const PageOutline& outline);

}  // namespace graphrail::page
