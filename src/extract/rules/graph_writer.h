// Adds nodes and edges to a graph under its rules: unique slug ids, no duplicate or self edges,
// every edge with a verbatim quote. Single use, owned by build_graph.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "core/utf8.h"
#include "extract/rules/document.h"
#include "graph/graph.h"

namespace graphrail::extract::rules {

class GraphWriter {
 public:
  explicit GraphWriter(const Document& doc) : doc_(doc), index_(doc.source) {}

  /// Adds a node and returns its index in the graph's nodes.
  std::size_t node(std::string_view type, std::string label, std::vector<std::string> aliases,
                   boost::json::object properties);
  /// Adds the edge, or its quote when the edge is there already (at most three quotes). Empty
  /// evidence or a self edge adds nothing.
  void edge(std::size_t source, std::string_view relationship, std::size_t target,
            TokenRange evidence);

  [[nodiscard]] graph::Node& at(std::size_t node) { return graph_.nodes[node]; }
  [[nodiscard]] graph::Graph take() { return std::move(graph_); }

 private:
  graph::Evidence quote(TokenRange range) const;

  const Document& doc_;
  core::CodePointIndex index_;
  graph::Graph graph_;
  std::unordered_set<std::string> ids_;
  std::unordered_map<std::string, unsigned> next_suffix_;
  std::unordered_map<std::string, std::size_t> edges_;
};

}  // namespace graphrail::extract::rules
