#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <set>
#include <string>
#include <tuple>
#include <unordered_map>

#include "core/utf8.h"
#include "graph/slug.h"
#include "graph/validate.h"
#include "unit/graph/random_graph.h"

namespace graphrail::graph {
namespace {

ValidatedGraph validated(Graph graph) {
  return validate(std::move(graph), venture_schema(), kRandomText);
}

RC_GTEST_PROP(ValidateProperty, IdsAreUniqueSlugsOfAllowedTypes, ()) {
  const Graph graph = validated(*random_graph()).graph;
  std::set<std::string> ids;
  for (const Node& node : graph.nodes) {
    RC_ASSERT(ids.insert(node.id).second);
    RC_ASSERT(make_slug(node.id) == node.id);
    RC_ASSERT(node.id.size() <= 80U);
    RC_ASSERT(venture_schema().allows_node_type(node.type));
  }
}

RC_GTEST_PROP(ValidateProperty, EdgesConnectAllowedNodesOnce, ()) {
  const Graph graph = validated(*random_graph()).graph;
  std::unordered_map<std::string, std::string> types;
  for (const Node& node : graph.nodes) types[node.id] = node.type;
  std::set<std::tuple<std::string, std::string, std::string>> seen;
  for (const Edge& edge : graph.edges) {
    RC_ASSERT(types.contains(edge.source) && types.contains(edge.target));
    RC_ASSERT(edge.source != edge.target);
    RC_ASSERT(
        venture_schema().allows_edge(edge.relationship, types[edge.source], types[edge.target]));
    RC_ASSERT(seen.emplace(edge.source, edge.target, edge.relationship).second);
  }
}

RC_GTEST_PROP(ValidateProperty, EveryEdgeIsProvenByTheText, ()) {
  const core::CodePointIndex index(kRandomText);
  for (const Edge& edge : validated(*random_graph()).graph.edges) {
    RC_ASSERT(!edge.evidence.empty());
    for (const Evidence& evidence : edge.evidence) {
      RC_ASSERT(evidence.start < evidence.end && evidence.end <= index.size());
      const std::size_t from = index.byte_offset_of(evidence.start);
      const std::size_t to = index.byte_offset_of(evidence.end);
      RC_ASSERT(kRandomText.substr(from, to - from) == evidence.quote);
    }
  }
}

RC_GTEST_PROP(ValidateProperty, IsIdempotent, ()) {
  const Graph once = validated(*random_graph()).graph;
  const ValidatedGraph twice = validated(once);
  RC_ASSERT(twice.graph == once);
  RC_ASSERT(twice.warnings.empty());
}

RC_GTEST_PROP(ValidateProperty, NothingGoesWithoutAWarning, ()) {
  const Graph graph = *random_graph();
  const ValidatedGraph result = validated(graph);
  const std::size_t dropped = graph.nodes.size() - result.graph.nodes.size() + graph.edges.size() -
                              result.graph.edges.size();
  RC_ASSERT(result.warnings.size() >= std::min<std::size_t>(dropped, 100));
}

}  // namespace
}  // namespace graphrail::graph
