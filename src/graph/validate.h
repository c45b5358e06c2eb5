// What both engines' output must pass before anyone sees it: types and relations of the schema,
// unique ids, no dangling, duplicate or self edges, and evidence that stands verbatim in the text.
#pragma once

#include <string_view>
#include <vector>

#include "graph/graph.h"
#include "graph/schema.h"

namespace graphrail::graph {

struct ValidatedGraph {
  Graph graph;
  /// One per element that was dropped, with its reason; at most 100, then one that counts the rest.
  std::vector<Warning> warnings;
};

/// Keeps what `schema` and `text` (well-formed UTF-8) support and says what was dropped. An edge
/// keeps those of its quotes that occur at their code point offsets, and is dropped with none left.
/// Ids that are not slugs, or taken, are re-made from the label. Order is kept. Linear in size.
[[nodiscard]] ValidatedGraph validate(Graph graph, const Schema& schema, std::string_view text);

}  // namespace graphrail::graph
