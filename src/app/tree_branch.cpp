#include "app/tree_branch.h"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <unordered_map>

namespace graphrail::app {
namespace {

/// An edge as seen from its target: which relation, and how to say it.
struct Incoming {
  std::string_view relationship;
  std::string_view words;
};

constexpr Incoming kIntoRound[] = {{"LED", "led by"}, {"INVESTED_IN", "from"}};
constexpr Incoming kIntoProject[] = {{"INVESTED_IN", "backed by"}, {"FOUNDED", "founded by"}};

std::string lower_words(std::string_view relationship) {
  std::string words(relationship);
  for (char& c : words) {
    if (c == '_') c = ' ';
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return words;
}

std::string property_text(const boost::json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  return boost::json::serialize(value);
}

/// "seed · 5000000 USD · 2024-03" for a round, the type and what is known for others.
std::string describe(const graph::Node& node) {
  std::string out = node.type;
  for (const auto& [name, value] : node.properties) {
    if (value.is_null() || value.is_structured() || name == "amount_usd") continue;
    out += name == "currency" ? " " : " · ";
    out += property_text(value);
  }
  return out;
}

class Builder {
 public:
  explicit Builder(const graph::Graph& graph)
      : graph_(graph), edge_shown_(graph.edges.size()), node_shown_(graph.nodes.size()) {
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) index_.emplace(graph.nodes[i].id, i);
    for (std::size_t i = 0; i < graph.edges.size(); ++i) {
      outgoing_[graph.edges[i].source].push_back(i);
      incoming_[graph.edges[i].target].push_back(i);
    }
  }

  BranchTree build() {
    for (const graph::Node& node : graph_.nodes) {
      if (node.type == "Project") tree_.roots.push_back(make_project(node));
    }
    for (const graph::Node& node : graph_.nodes) {
      if (node.type == "Round" && !is_shown(node)) tree_.roots.push_back(make_round("", node, ""));
    }
    for (const graph::Node& node : graph_.nodes) add_rest(node);
    for (const graph::Node& node : graph_.nodes) {
      if (!is_shown(node)) tree_.roots.push_back(make_branch("", node, ""));
    }
    return std::move(tree_);
  }

 private:
  bool is_shown(const graph::Node& node) const { return node_shown_[index_.at(node.id)]; }

  const graph::Node* find(const std::string& id) const {
    const auto found = index_.find(id);
    return found == index_.end() ? nullptr : &graph_.nodes[found->second];
  }

  Branch make_branch(std::string_view relation, const graph::Node& node, std::string quote) {
    node_shown_[index_.at(node.id)] = true;
    return {std::string(relation), node.label, describe(node), std::move(quote), {}};
  }

  /// Marks the edge as shown and returns its first quote.
  std::string take_quote(std::size_t edge) {
    edge_shown_[edge] = true;
    const auto& evidence = graph_.edges[edge].evidence;
    return evidence.empty() ? std::string() : evidence.front().quote;
  }

  /// Adds the sources of the edges into `node`, in the order of `kinds`.
  void add_incoming(const graph::Node& node, std::span<const Incoming> kinds, Branch& branch) {
    const auto edges = incoming_.find(node.id);
    if (edges == incoming_.end()) return;
    for (const Incoming& kind : kinds) {
      for (const std::size_t i : edges->second) {
        const graph::Node* const source = find(graph_.edges[i].source);
        if (edge_shown_[i] || source == nullptr) continue;
        if (graph_.edges[i].relationship != kind.relationship) continue;
        branch.children.push_back(make_branch(kind.words, *source, take_quote(i)));
      }
    }
  }

  Branch make_round(std::string_view relation, const graph::Node& round, std::string quote) {
    Branch branch = make_branch(relation, round, std::move(quote));
    add_incoming(round, kIntoRound, branch);
    return branch;
  }

  Branch make_project(const graph::Node& project) {
    Branch branch = make_branch("", project, "");
    if (const auto edges = outgoing_.find(project.id); edges != outgoing_.end()) {
      for (const std::size_t i : edges->second) {
        const graph::Node* const round = find(graph_.edges[i].target);
        if (graph_.edges[i].relationship != "RAISED" || round == nullptr) continue;
        branch.children.push_back(make_round("raised", *round, take_quote(i)));
      }
    }
    add_incoming(project, kIntoProject, branch);
    return branch;
  }

  /// What `node` still has to say: edges that no branch above has shown.
  void add_rest(const graph::Node& node) {
    const auto edges = outgoing_.find(node.id);
    if (edges == outgoing_.end()) return;
    std::vector<Branch> children;
    for (const std::size_t i : edges->second) {
      if (edge_shown_[i]) continue;
      if (graph_.edges[i].relationship == "CO_INVESTED") {
        edge_shown_[i] = true;
        ++tree_.co_investments;
        continue;
      }
      const graph::Node* const target = find(graph_.edges[i].target);
      if (target == nullptr) continue;
      children.push_back(
          make_branch(lower_words(graph_.edges[i].relationship), *target, take_quote(i)));
    }
    if (children.empty()) return;
    tree_.roots.push_back(make_branch("", node, ""));
    tree_.roots.back().children = std::move(children);
  }

  const graph::Graph& graph_;
  std::unordered_map<std::string, std::size_t> index_;
  std::unordered_map<std::string, std::vector<std::size_t>> outgoing_;
  std::unordered_map<std::string, std::vector<std::size_t>> incoming_;
  std::vector<bool> edge_shown_;
  std::vector<bool> node_shown_;
  BranchTree tree_;
};

}  // namespace

BranchTree build_branches(const graph::Graph& graph) { return Builder(graph).build(); }

}  // namespace graphrail::app
