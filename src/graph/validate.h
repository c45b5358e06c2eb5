// What both engines' output must pass before anyone sees it: types and relations of the schema,
// unique ids, no dangling, duplicate or self edges, and evidence that stands verbatim in the text.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
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

/// The checks element by element, for graphs that are shown while they grow: what add() returns is
/// what the finished graph will hold. Nodes come before the edges that use them. Schema and text
/// (well-formed UTF-8) must outlive it. Linear in all. Used by one thread at a time.
class GraphValidator {
 public:
  GraphValidator(const Schema& schema, std::string_view text);
  ~GraphValidator();
  GraphValidator(GraphValidator&&) noexcept;

  /// Keeps a well-formed id for a node that will come with it.
  void expect(const std::string& id);
  /// The node as it stands in the graph, under its final id; nullptr when it was dropped. A node
  /// with an id, type and label seen before brings its aliases and properties to that node. Valid
  /// until the next add.
  const Node* add(Node node);
  /// The edge with final ids and those of its quotes that are true; nullptr when it was dropped.
  /// Valid until the next add.
  const Edge* add(Edge edge);
  /// How many elements have stayed so far.
  [[nodiscard]] std::size_t node_count() const noexcept;
  [[nodiscard]] std::size_t edge_count() const noexcept;

  [[nodiscard]] ValidatedGraph take() &&;

 private:
  class Validation;
  std::unique_ptr<Validation> validation_;
};

/// Keeps what `schema` and `text` (well-formed UTF-8) support and says what was dropped. An edge
/// keeps those of its quotes that occur at their code point offsets, and is dropped with none left.
/// Ids that are not slugs, or taken, are re-made from the label. Order is kept. Linear in size.
[[nodiscard]] ValidatedGraph validate(Graph graph, const Schema& schema, std::string_view text);

}  // namespace graphrail::graph
