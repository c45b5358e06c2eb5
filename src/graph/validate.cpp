#include "graph/validate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/utf8.h"
#include "graph/id_table.h"
#include "graph/warning_list.h"

namespace graphrail::graph {
namespace {

bool is_blank(std::string_view text) noexcept {
  return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

bool is_continuation(char c) noexcept { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::string shown(const Edge& edge) {
  return fmt::format("{} {} {}", shortened(edge.source), shortened(edge.relationship),
                     shortened(edge.target));
}

/// One run of validate(): nodes first, because edges are judged by the nodes that stayed.
class Validation {
 public:
  Validation(const Schema& schema, std::string_view text)
      : schema_(schema), text_(text), index_(text) {}

  ValidatedGraph run(Graph graph) {
    keep_nodes(std::move(graph.nodes));
    give_ids();
    for (Edge& edge : graph.edges) {
      if (is_sound(edge)) edges_.push_back(std::move(edge));
    }
    return {{std::move(nodes_), std::move(edges_)}, std::move(warnings_).take()};
  }

 private:
  void keep_nodes(std::vector<Node> nodes) {
    nodes_.reserve(nodes.size());
    for (Node& node : nodes) {
      if (is_blank(node.label)) {
        warnings_.add("empty_label",
                      fmt::format("Node {} was dropped: it has no label.", shortened(node.id)));
      } else if (!schema_.allows_node_type(node.type)) {
        warnings_.add("unknown_node_type",
                      fmt::format("Node {} was dropped: the schema has no type {}.",
                                  shortened(node.label), shortened(node.type)));
      } else if (!repeats_earlier_node(node)) {
        nodes_.push_back(std::move(node));
      }
    }
  }

  /// The same entity written twice is dropped; another entity under a taken id gets a new id.
  bool repeats_earlier_node(const Node& node) {
    const auto [first, is_new] = by_given_id_.emplace(node.id, nodes_.size());
    if (is_new) return false;
    const Node& earlier = nodes_[first->second];
    if (earlier.type != node.type || earlier.label != node.label) return false;
    warnings_.add("duplicate_node", fmt::format("A second node {} ({}) was dropped.",
                                                shortened(node.label), node.type));
    return true;
  }

  /// Good ids are claimed before any id is re-made, so that no node loses its id to a later one.
  void give_ids() {
    std::vector<std::size_t> without_id;
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (!ids_.claim(nodes_[i].id)) without_id.push_back(i);
    }
    for (const std::size_t i : without_id) {
      Node& node = nodes_[i];
      const bool belongs_to_another = by_given_id_.at(node.id) != i;
      node.id = ids_.make(node.label);
      if (belongs_to_another) {
        warnings_.add("duplicate_id",
                      fmt::format("Node {} is now {}: its id belonged to another node.",
                                  shortened(node.label), node.id));
      }
    }
  }

  /// Points the edge at the final ids and keeps its true quotes; false when it must go.
  bool is_sound(Edge& edge) {
    const auto source = by_given_id_.find(edge.source);
    const auto target = by_given_id_.find(edge.target);
    if (source == by_given_id_.end() || target == by_given_id_.end()) {
      return drop("dangling_edge", edge, "one of its nodes is not in the graph");
    }
    const Node& from = nodes_[source->second];
    const Node& to = nodes_[target->second];
    edge.source = from.id;
    edge.target = to.id;
    if (&from == &to) return drop("self_edge", edge, "it connects a node with itself");
    if (!schema_.allows_relation(edge.relationship)) {
      return drop("unknown_relation", edge, "the schema has no such relation");
    }
    if (!schema_.allows_edge(edge.relationship, from.type, to.type)) {
      return drop("wrong_edge_types", edge,
                  fmt::format("it may not lead from {} to {}", from.type, to.type));
    }
    if (!keep_true_quotes(edge)) return drop("no_evidence", edge, "the text has no quote for it");
    const bool is_new =
        seen_.insert(edge.source + '\n' + edge.target + '\n' + edge.relationship).second;
    return is_new || drop("duplicate_edge", edge, "the graph has it already");
  }

  bool drop(std::string_view code, const Edge& edge, std::string_view reason) {
    warnings_.add(code, fmt::format("Edge {} was dropped: {}.", shown(edge), reason));
    return false;
  }

  /// False when no quote is left.
  bool keep_true_quotes(Edge& edge) {
    const std::size_t dropped = std::erase_if(
        edge.evidence, [this](const Evidence& evidence) { return !stands_in_text(evidence); });
    if (edge.evidence.empty()) return false;
    if (dropped > 0) {
      warnings_.add("quote_not_found", fmt::format("Edge {} lost {} of its quotes: not in the text "
                                                   "at their place.",
                                                   shown(edge), dropped));
    }
    return true;
  }

  [[nodiscard]] bool stands_in_text(const Evidence& evidence) const {
    if (evidence.quote.empty() || evidence.start >= index_.size()) return false;
    const std::size_t begin = index_.byte_offset_of(evidence.start);
    if (!text_.substr(begin).starts_with(evidence.quote)) return false;
    const std::size_t after = begin + evidence.quote.size();
    if (after < text_.size() && is_continuation(text_[after])) return false;
    return evidence.end == evidence.start + core::count_code_points(evidence.quote);
  }

  const Schema& schema_;
  std::string_view text_;
  core::CodePointIndex index_;
  std::vector<Node> nodes_;
  std::vector<Edge> edges_;
  WarningList warnings_;
  IdTable ids_;
  /// What the engine called each kept node -> its place; the first one holds an id given twice.
  std::unordered_map<std::string, std::size_t> by_given_id_;
  std::unordered_set<std::string> seen_;
};

}  // namespace

ValidatedGraph validate(Graph graph, const Schema& schema, std::string_view text) {
  return Validation(schema, text).run(std::move(graph));
}

}  // namespace graphrail::graph
