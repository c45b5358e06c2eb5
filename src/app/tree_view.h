// A graph for people at a terminal: projects, their rounds, who led and joined them, each with the
// quote that says so; then whatever else the graph holds. Pure.
#pragma once

#include <cstddef>
#include <string>

#include "graph/graph.h"

namespace graphrail::app {

struct TreeStyle {
  bool colour = false;
  /// Columns; quotes are cut to fit.
  std::size_t width = 100;
};

/// Every node and every edge is shown, CO_INVESTED edges as a count since they follow from the
/// rounds. Control characters of labels and quotes are left out, so that a text cannot steer the
/// terminal.
[[nodiscard]] std::string render_tree(const graph::Graph& graph, const TreeStyle& style);

}  // namespace graphrail::app
