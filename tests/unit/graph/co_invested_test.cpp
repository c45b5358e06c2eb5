// Co-investment follows from shared rounds, once per pair, with the evidence of both edges.
#include "graph/co_invested.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

namespace graphrail::graph {
namespace {

Node node(std::string id, std::string type) {
  Node made;
  made.id = id;
  made.label = std::move(id);
  made.type = std::move(type);
  return made;
}

Edge edge(std::string source, std::string relationship, std::string target) {
  const std::string quote = source + " " + target;
  return {
      std::move(source), std::move(target), std::move(relationship), {{quote, 0, quote.size()}}};
}

Graph two_rounds() {
  Graph graph;
  for (const char* id : {"lead", "co-lead", "follower", "stranger"}) {
    graph.nodes.push_back(node(id, "Investor"));
  }
  graph.nodes.push_back(node("seed", "Round"));
  graph.nodes.push_back(node("series-a", "Round"));
  graph.nodes.push_back(node("project", "Project"));
  graph.edges = {edge("lead", "LED", "seed"),
                 edge("co-lead", "LED", "seed"),
                 edge("follower", "INVESTED_IN", "seed"),
                 edge("stranger", "INVESTED_IN", "series-a"),
                 edge("stranger", "INVESTED_IN", "project"),
                 edge("lead", "LED", "series-a"),
                 edge("follower", "INVESTED_IN", "series-a")};
  return graph;
}

std::vector<std::string> pairs_of(const Graph& graph) {
  std::vector<std::string> pairs;
  for (const Edge& made : graph.edges) {
    if (made.relationship == "CO_INVESTED") pairs.push_back(made.source + "+" + made.target);
  }
  return pairs;
}

TEST(CoInvested, JoinsEachLeadWithTheOthersOfItsRoundOnce) {
  Graph graph = two_rounds();
  derive_co_invested(graph);
  const std::vector<std::string> expected = {"lead+co-lead", "lead+follower", "co-lead+follower",
                                             "lead+stranger"};
  EXPECT_EQ(pairs_of(graph), expected);
  EXPECT_EQ(graph.edges[7].evidence.size(), 2U);
}

TEST(CoInvested, DoesNothingTheSecondTime) {
  Graph graph = two_rounds();
  derive_co_invested(graph);
  const Graph once = graph;
  derive_co_invested(graph);
  EXPECT_EQ(graph, once);
}

TEST(CoInvested, FollowersOfARoundWithoutALeadAreNotJoined) {
  Graph graph = two_rounds();
  std::erase_if(graph.edges, [](const Edge& made) { return made.relationship == "LED"; });
  derive_co_invested(graph);
  EXPECT_TRUE(pairs_of(graph).empty());
}

}  // namespace
}  // namespace graphrail::graph
