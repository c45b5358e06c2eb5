#include "graph/co_invested.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

namespace graphrail::graph {
namespace {

constexpr std::string_view kCoInvested = "CO_INVESTED";
/// A quadratic number of pairs would follow from a round with thousands of leads; no round has
/// that many, and what is beyond is not derived.
constexpr std::size_t kMaxPairs = 10'000;

/// The edges that lead into one round, by their place in the graph.
struct RoundEdges {
  std::vector<std::size_t> leads;
  std::vector<std::size_t> investors;
};

std::string pair_key(std::string_view source, std::string_view target) {
  std::string key(source);
  key += '\n';
  key += target;
  return key;
}

Edge join(const Edge& lead, const Edge& other) {
  Edge edge{lead.source, other.source, std::string(kCoInvested), lead.evidence};
  for (const Evidence& evidence : other.evidence) {
    if (std::find(edge.evidence.begin(), edge.evidence.end(), evidence) == edge.evidence.end()) {
      edge.evidence.push_back(evidence);
    }
  }
  return edge;
}

}  // namespace

void derive_co_invested(Graph& graph) {
  std::unordered_set<std::string_view> rounds;
  for (const Node& node : graph.nodes) {
    if (node.type == "Round") rounds.insert(node.id);
  }
  std::unordered_set<std::string> known;
  std::unordered_map<std::string_view, RoundEdges> by_round;
  std::vector<std::string_view> order;
  for (std::size_t i = 0; i < graph.edges.size(); ++i) {
    const Edge& edge = graph.edges[i];
    if (edge.relationship == kCoInvested) {
      known.insert(pair_key(edge.source, edge.target));
      known.insert(pair_key(edge.target, edge.source));
    }
    const bool is_lead = edge.relationship == "LED";
    if ((!is_lead && edge.relationship != "INVESTED_IN") || !rounds.contains(edge.target)) continue;
    RoundEdges& round = by_round[edge.target];
    if (round.investors.empty()) order.push_back(edge.target);
    if (is_lead) round.leads.push_back(i);
    round.investors.push_back(i);
  }
  std::vector<Edge> derived;
  for (const std::string_view id : order) {
    const RoundEdges& round = by_round[id];
    for (const std::size_t lead : round.leads) {
      for (const std::size_t other : round.investors) {
        const Edge& from = graph.edges[lead];
        const Edge& to = graph.edges[other];
        if (from.source == to.source || derived.size() == kMaxPairs) continue;
        if (!known.insert(pair_key(from.source, to.source)).second) continue;
        known.insert(pair_key(to.source, from.source));
        derived.push_back(join(from, to));
      }
    }
  }
  graph.edges.insert(graph.edges.end(), std::make_move_iterator(derived.begin()),
                     std::make_move_iterator(derived.end()));
}

}  // namespace graphrail::graph
