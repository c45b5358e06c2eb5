// The knowledge graph as the HTTP contract shows it: nodes, edges, evidence. Plain values; what
// makes a graph valid is in validate.h, what types exist is in schema.h.
#pragma once

#include <boost/json/object.hpp>
#include <cstddef>
#include <string>
#include <vector>

namespace graphrail::graph {

/// A verbatim span of the text that was read. Offsets count code points, half open.
struct Evidence {
  std::string quote;
  std::size_t start = 0;
  std::size_t end = 0;

  bool operator==(const Evidence&) const = default;
};

/// An entity. `id` is a lowercase slug, unique in its graph and the same for the same input.
struct Node {
  std::string id;
  std::string label;
  std::string type;
  /// Other forms of the name found in the text, without `label` itself.
  std::vector<std::string> aliases;
  /// Typed attributes in a stable order, e.g. {"stage":"seed","amount":500000,"currency":"USD"}.
  boost::json::object properties;

  bool operator==(const Node&) const = default;
};

/// A directed relation between two nodes of the same graph, with the spans that state it.
struct Edge {
  std::string source;
  std::string target;
  std::string relationship;
  std::vector<Evidence> evidence;

  bool operator==(const Edge&) const = default;
};

struct Graph {
  std::vector<Node> nodes;
  std::vector<Edge> edges;

  bool operator==(const Graph&) const = default;
};

/// Something that was left out, cut or degraded on the way to the graph, and why.
struct Warning {
  /// Stable machine-readable name, snake_case: `dangling_edge`, `duplicate_node`, `not_saved`.
  std::string code;
  /// One sentence for a person.
  std::string message;

  bool operator==(const Warning&) const = default;
};

}  // namespace graphrail::graph
