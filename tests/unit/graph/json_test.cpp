#include "graph/json.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <string>

#include "unit/graph/random_graph.h"

namespace graphrail::graph {
namespace {

namespace json = boost::json;

TEST(GraphJson, HasTheMembersOfTheContract) {
  Graph graph;
  graph.nodes.push_back({"nova", "Nova", "Project", {"Nova Labs"}, {{"chain", "none"}}});
  graph.edges.push_back({"nova", "nova-seed", "RAISED", {{"Nova raised", 3, 14}}});
  EXPECT_EQ(json::serialize(to_json(graph)),
            R"({"nodes":[{"id":"nova","label":"Nova","type":"Project","aliases":["Nova Labs"],)"
            R"("properties":{"chain":"none"}}],)"
            R"("edges":[{"source":"nova","target":"nova-seed","relationship":"RAISED",)"
            R"("evidence":[{"quote":"Nova raised","start":3,"end":14}]}]})");
}

TEST(GraphJson, WritesAWarning) {
  EXPECT_EQ(json::serialize(to_json(Warning{"not_saved", "It was not saved."})),
            R"({"code":"not_saved","message":"It was not saved."})");
}

RC_GTEST_PROP(GraphJson, RoundTrips, ()) {
  const Graph graph = *random_graph();
  RC_ASSERT(to_json_text(graph) == json::serialize(to_json(graph)));
  const auto again = graph_from_json(json::parse(json::serialize(to_json(graph))));
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == graph);
}

TEST(GraphJson, RoundTripsWhatTextsContain) {
  Graph graph;
  graph.nodes.push_back({"q", std::string("a\"b\\\0\n\u2028😀", 13), "Project", {}, {}});
  graph.nodes[0].properties = {
      {"amount", 1'200'000}, {"share", 0.5}, {"open", true}, {"tags", {"a", nullptr}}};
  EXPECT_EQ(to_json_text(graph), json::serialize(to_json(graph)));
  const auto again = graph_from_json(json::parse(json::serialize(to_json(graph))));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(*again, graph);
}

TEST(GraphJson, DoesWithoutOptionalMembersAndIgnoresOthers) {
  const auto graph = graph_from_json(json::parse(
      R"({"nodes":[{"id":"a","label":"A","type":"Person","colour":"red"}],
          "edges":[{"source":"a","target":"b","relationship":"KNOWS"}],"version":7})"));
  ASSERT_TRUE(graph.has_value());
  EXPECT_EQ(graph->nodes.at(0).label, "A");
  EXPECT_EQ(graph->edges.at(0).relationship, "KNOWS");
}

struct Malformed {
  const char* text;
  const char* field;
};

class MalformedGraphs : public testing::TestWithParam<Malformed> {};

TEST_P(MalformedGraphs, AreRefusedByTheNameOfTheMember) {
  const auto graph = graph_from_json(json::parse(GetParam().text));
  ASSERT_FALSE(graph.has_value());
  EXPECT_EQ(graph.error().code(), GraphError::kMalformedJson);
  EXPECT_EQ(graph.error().field(), GetParam().field);
}

INSTANTIATE_TEST_SUITE_P(
    Each, MalformedGraphs,
    testing::Values(
        Malformed{"[]", "graph"}, Malformed{"{}", "nodes"}, Malformed{R"({"nodes":[]})", "edges"},
        Malformed{R"({"nodes":{},"edges":[]})", "nodes"},
        Malformed{R"({"nodes":[1],"edges":[]})", "nodes[0]"},
        Malformed{R"({"nodes":[{"id":"a","label":3,"type":"T"}],"edges":[]})", "nodes[0].label"},
        Malformed{R"({"nodes":[{"id":"a","label":"A","type":"T","aliases":[1]}],"edges":[]})",
                  "nodes[0].aliases[0]"},
        Malformed{R"({"nodes":[{"id":"a","label":"A","type":"T","properties":[]}],"edges":[]})",
                  "nodes[0].properties"},
        Malformed{R"({"nodes":[],"edges":[{"source":"a","target":"b"}]})", "edges[0].relationship"},
        Malformed{
            R"({"nodes":[],"edges":[{"source":"a","target":"b","relationship":"R","evidence":
                [{"quote":"q","start":-1,"end":2}]}]})",
            "edges[0].evidence[0].start"},
        Malformed{
            R"({"nodes":[],"edges":[{"source":"a","target":"b","relationship":"R","evidence":
                [{"quote":"q","start":0,"end":1.5}]}]})",
            "edges[0].evidence[0].end"}));

}  // namespace
}  // namespace graphrail::graph
