// The rules engine as a pure function: a funding announcement in, the venture graph out. No key,
// no network, deterministic, linear in the text.
#pragma once

#include <string_view>

#include "graph/graph.h"

namespace graphrail::extract::rules {

/// Reads `text` (well-formed UTF-8, up to 400,000 code points; the first line may be a title,
/// front matter and markdown are tolerated) and returns the venture graph it states. Every edge
/// carries evidence that occurs verbatim in `text`, offsets in code points. A text that announces
/// no investment gives an empty graph.
[[nodiscard]] graph::Graph extract_venture_graph(std::string_view text);

struct Document;
/// The same for a text that has been read already (document.h).
[[nodiscard]] graph::Graph extract_venture_graph(const Document& doc);

}  // namespace graphrail::extract::rules
