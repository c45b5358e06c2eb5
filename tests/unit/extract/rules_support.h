// What the tests of the rules engine share: a graph as lines a person can read.
#pragma once

#include <algorithm>
#include <string>
#include <unordered_map>
#include <vector>

#include "extract/rules/rules.h"
#include "graph/graph.h"

namespace graphrail::extract::rules::testing {

/// Edges as "Acme RAISED Acme Seed", sorted.
inline std::vector<std::string> edges(const graph::Graph& graph) {
  std::unordered_map<std::string, std::string> labels;
  for (const graph::Node& node : graph.nodes) labels[node.id] = node.label;
  std::vector<std::string> out;
  for (const graph::Edge& edge : graph.edges) {
    if (edge.relationship == "CLASSIFIED_AS" || edge.relationship == "FOCUSES_ON") continue;
    out.push_back(labels[edge.source] + ' ' + edge.relationship + ' ' + labels[edge.target]);
  }
  std::sort(out.begin(), out.end());
  return out;
}

inline std::vector<std::string> edges_of(std::string_view text) {
  return edges(extract_venture_graph(text));
}

/// The first node of `type`, or a node without id.
inline graph::Node first(const graph::Graph& graph, std::string_view type) {
  for (const graph::Node& node : graph.nodes) {
    if (node.type == type) return node;
  }
  return {};
}

}  // namespace graphrail::extract::rules::testing
