#include "app/tree_view.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace graphrail::app {
namespace {

using graph::Edge;
using graph::Graph;
using graph::Node;
using testing::HasSubstr;
using testing::Not;

Node make_node(std::string id, std::string label, std::string type,
               boost::json::object properties = {}) {
  return {std::move(id), std::move(label), std::move(type), {}, std::move(properties)};
}

Edge make_edge(std::string source, std::string relationship, std::string target,
               std::string quote = {}) {
  Edge edge{std::move(source), std::move(target), std::move(relationship), {}};
  if (!quote.empty()) edge.evidence.push_back({std::move(quote), 0, 0});
  return edge;
}

Graph make_announcement() {
  Graph graph;
  graph.nodes = {
      make_node("acme", "Acme", "Project", {{"category", "storage"}}),
      make_node("acme-seed", "Acme Seed", "Round",
                {{"stage", "seed"}, {"amount", 5000000}, {"currency", "USD"}}),
      make_node("north", "North Fund", "Investor"),
      make_node("south", "South Fund", "Investor"),
      make_node("jo", "Jo Doe", "Person"),
      make_node("ann", "Ann Roe", "Person"),
      make_node("lone", "Lone Wolf", "Investor"),
  };
  graph.edges = {
      make_edge("acme", "RAISED", "acme-seed", "Acme raised $5 million."),
      make_edge("south", "INVESTED_IN", "acme-seed", "North led and South joined."),
      make_edge("north", "LED", "acme-seed", "North led and South joined."),
      make_edge("north", "CO_INVESTED", "south"),
      make_edge("jo", "FOUNDED", "acme", "founded by Jo Doe"),
      make_edge("ann", "PARTNERS_AT", "north", "Ann Roe, partner at North"),
  };
  return graph;
}

TEST(Tree, ShowsProjectsThenRoundsThenInvestorsLeadsFirst) {
  EXPECT_EQ(render_tree(make_announcement(), {}),
            "Acme  (Project · storage)\n"
            "├─ raised Acme Seed  (Round · seed · 5000000 USD)\n"
            "│  │ “Acme raised $5 million.”\n"
            "│  ├─ led by North Fund  (Investor)\n"
            "│  │    “North led and South joined.”\n"
            "│  └─ from South Fund  (Investor)\n"
            "└─ founded by Jo Doe  (Person)\n"
            "     “founded by Jo Doe”\n"
            "\n"
            "Ann Roe  (Person)\n"
            "└─ partners at North Fund  (Investor)\n"
            "     “Ann Roe, partner at North”\n"
            "\n"
            "Lone Wolf  (Investor)\n"
            "\n"
            "7 nodes, 6 edges, of them 1 co-investment\n");
}

TEST(Tree, ShowsRoundsOfUnknownProjectsAndEdgesOfOtherSchemas) {
  Graph graph;
  graph.nodes = {make_node("r", "Some Round", "Round"), make_node("n", "North", "Investor"),
                 make_node("a", "Ada", "Person"), make_node("e", "Engine", "Work")};
  graph.edges = {make_edge("n", "LED", "r"), make_edge("a", "WROTE_ABOUT", "e")};
  const std::string tree = render_tree(graph, {});
  EXPECT_THAT(tree, HasSubstr("Some Round  (Round)\n└─ led by North"));
  EXPECT_THAT(tree, HasSubstr("Ada  (Person)\n└─ wrote about Engine  (Work)"));
}

TEST(Tree, AnEmptyGraphIsSaidToBeEmpty) { EXPECT_EQ(render_tree({}, {}), "0 nodes, 0 edges\n"); }

TEST(Tree, SurvivesCyclesAndDanglingEdges) {
  Graph graph;
  graph.nodes = {make_node("a", "A", "Organization"), make_node("b", "B", "Organization")};
  graph.edges = {make_edge("a", "OWNS", "b"), make_edge("b", "OWNS", "a"),
                 make_edge("a", "OWNS", "nobody"), make_edge("nobody", "RAISED", "a")};
  EXPECT_THAT(render_tree(graph, {}), HasSubstr("2 nodes, 4 edges"));
}

TEST(Tree, ATextCannotSteerTheTerminal) {
  Graph graph;
  graph.nodes = {make_node("a",
                           "A\x1b[2J\x07\xC2\x9B"
                           "1mB\nC",
                           "Project")};
  const std::string tree = render_tree(graph, {});
  EXPECT_THAT(tree, HasSubstr("A[2J1mB C  (Project)\n"));
  EXPECT_THAT(tree, Not(HasSubstr("\x1b")));
}

TEST(Tree, ColoursOnlyWhenAsked) {
  EXPECT_THAT(render_tree(make_announcement(), {}), Not(HasSubstr("\x1b[")));
  EXPECT_THAT(render_tree(make_announcement(), {.colour = true}), HasSubstr("\x1b[1mAcme\x1b[0m"));
}

TEST(Tree, CutsLongQuotesAtACodePoint) {
  Graph graph;
  graph.nodes = {make_node("a", "A", "Person"), make_node("b", "B", "Project")};
  std::string quote;
  for (int i = 0; i < 50; ++i) quote += "größe";
  graph.edges = {make_edge("a", "FOUNDED", "b", quote)};
  const std::string tree = render_tree(graph, {.width = 40});
  EXPECT_THAT(tree, HasSubstr("größegrößegrößegrößegrößegrößegr…”\n"));
}

}  // namespace
}  // namespace graphrail::app
