// The tree between graph and terminal: what hangs under what, without looks. Built by
// build_branches, drawn by render_tree (tree_view.h). Pure.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "graph/graph.h"

namespace graphrail::app {

struct Branch {
  /// How it hangs on its parent: "led by", "founded by"; empty for roots.
  std::string relation;
  std::string label;
  /// "Project", "seed · 5000000 USD".
  std::string detail;
  std::string quote;
  std::vector<Branch> children;
};

struct BranchTree {
  std::vector<Branch> roots;
  std::size_t co_investments = 0;
};

/// Projects first, then rounds without a project, then every edge not shown yet under its source,
/// then nodes without any edge.
[[nodiscard]] BranchTree build_branches(const graph::Graph& graph);

}  // namespace graphrail::app
