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

}  // namespace

class GraphValidator::Validation {
 public:
  Validation(const Schema& schema, std::string_view text)
      : schema_(schema), text_(text), index_(text) {}

  const Node* add(Node node) {
    if (is_blank(node.label)) {
      warnings_.add("empty_label",
                    fmt::format("Node {} was dropped: it has no label.", shortened(node.id)));
      return nullptr;
    }
    if (!schema_.allows_node_type(node.type)) {
      warnings_.add("unknown_node_type",
                    fmt::format("Node {} was dropped: the schema has no type {}.",
                                shortened(node.label), shortened(node.type)));
      return nullptr;
    }
    const auto [first, is_new] = by_given_id_.emplace(node.id, nodes_.size());
    if (!is_new) {
      Node& earlier = nodes_[first->second];
      if (earlier.type == node.type && earlier.label == node.label) {
        return complete(earlier, std::move(node));
      }
    }
    give_id(node, is_new);
    nodes_.push_back(std::move(node));
    return &nodes_.back();
  }

  void expect(const std::string& id) {
    if (ids_.claim(id)) expected_.insert(id);
  }

  const Edge* add(Edge edge) {
    if (!is_sound(edge)) return nullptr;
    edges_.push_back(std::move(edge));
    return &edges_.back();
  }

  [[nodiscard]] std::size_t node_count() const noexcept { return nodes_.size(); }
  [[nodiscard]] std::size_t edge_count() const noexcept { return edges_.size(); }

  ValidatedGraph take() {
    return {{std::move(nodes_), std::move(edges_)}, std::move(warnings_).take()};
  }

 private:
  /// The same entity again: what it adds is taken, a mere repetition is dropped.
  const Node* complete(Node& earlier, Node node) {
    if (earlier.aliases == node.aliases && earlier.properties == node.properties) {
      warnings_.add("duplicate_node", fmt::format("A second node {} ({}) was dropped.",
                                                  shortened(node.label), node.type));
      return nullptr;
    }
    earlier.aliases = std::move(node.aliases);
    earlier.properties = std::move(node.properties);
    return &earlier;
  }

  /// An id that is no slug, or another node's, is made anew from the label.
  void give_id(Node& node, bool is_first_of_its_id) {
    if (is_first_of_its_id && (expected_.erase(node.id) > 0 || ids_.claim(node.id))) return;
    node.id = ids_.make(node.label);
    if (!is_first_of_its_id) {
      warnings_.add("duplicate_id",
                    fmt::format("Node {} is now {}: its id belonged to another node.",
                                shortened(node.label), node.id));
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
  /// Good ids of nodes that are still to come.
  std::unordered_set<std::string> expected_;
  std::unordered_set<std::string> seen_;
};

GraphValidator::GraphValidator(const Schema& schema, std::string_view text)
    : validation_(std::make_unique<Validation>(schema, text)) {}
GraphValidator::~GraphValidator() = default;
GraphValidator::GraphValidator(GraphValidator&&) noexcept = default;

const Node* GraphValidator::add(Node node) { return validation_->add(std::move(node)); }
void GraphValidator::expect(const std::string& id) { validation_->expect(id); }
const Edge* GraphValidator::add(Edge edge) { return validation_->add(std::move(edge)); }
std::size_t GraphValidator::node_count() const noexcept { return validation_->node_count(); }
std::size_t GraphValidator::edge_count() const noexcept { return validation_->edge_count(); }
ValidatedGraph GraphValidator::take() && { return validation_->take(); }

ValidatedGraph validate(Graph graph, const Schema& schema, std::string_view text) {
  GraphValidator validator(schema, text);
  // No node loses its good id to an earlier one whose id has to be made anew.
  for (const Node& node : graph.nodes) validator.expect(node.id);
  for (Node& node : graph.nodes) (void)validator.add(std::move(node));
  for (Edge& edge : graph.edges) (void)validator.add(std::move(edge));
  return std::move(validator).take();
}

}  // namespace graphrail::graph
