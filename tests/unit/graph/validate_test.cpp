#include "graph/validate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "graph/warning_list.h"

namespace graphrail::graph {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// The accented letter makes byte and code point offsets differ: "Nova" is code points 12 to 16.
constexpr std::string_view kText = "Élan leads, Nova raises.";

Node node(std::string id, std::string label, std::string type) {
  return {std::move(id), std::move(label), std::move(type), {}, {}};
}

Edge led(std::string source, std::string target) {
  return {std::move(source), std::move(target), "LED", {{"Élan leads", 0, 10}}};
}

/// Élan -LED-> a round, the smallest graph in which nothing is wrong.
Graph sound_graph() {
  return {{node("elan", "Élan", "Investor"), node("nova-seed", "Nova Seed", "Round")},
          {led("elan", "nova-seed")}};
}

std::vector<std::string> codes(const ValidatedGraph& validated) {
  std::vector<std::string> out;
  for (const Warning& warning : validated.warnings) out.push_back(warning.code);
  return out;
}

ValidatedGraph validate_venture(Graph graph) {
  return validate(std::move(graph), venture_schema(), kText);
}

TEST(Validate, LeavesASoundGraphAsItIs) {
  const ValidatedGraph validated = validate_venture(sound_graph());
  EXPECT_EQ(validated.graph, sound_graph());
  EXPECT_THAT(validated.warnings, IsEmpty());
}

TEST(Validate, DropsNodesTheSchemaDoesNotKnowWithTheirEdges) {
  Graph graph = sound_graph();
  graph.nodes[1].type = "Place";
  const ValidatedGraph validated = validate_venture(graph);
  EXPECT_EQ(validated.graph.nodes.size(), 1U);
  EXPECT_THAT(validated.graph.edges, IsEmpty());
  EXPECT_THAT(codes(validated), ElementsAre("unknown_node_type", "dangling_edge"));
  EXPECT_NE(validated.warnings[0].message.find("Nova Seed"), std::string::npos);
}

TEST(Validate, DropsNodesWithoutALabel) {
  Graph graph = sound_graph();
  graph.nodes.push_back(node("blank", " \n", "Investor"));
  EXPECT_THAT(codes(validate_venture(graph)), ElementsAre("empty_label"));
}

TEST(Validate, DropsTheSecondOfTwoEqualNodes) {
  Graph graph = sound_graph();
  graph.nodes.push_back(graph.nodes[0]);
  const ValidatedGraph validated = validate_venture(graph);
  EXPECT_EQ(validated.graph, sound_graph());
  EXPECT_THAT(codes(validated), ElementsAre("duplicate_node"));
}

TEST(Validate, GivesAnotherNodeUnderATakenIdANewOne) {
  Graph graph = sound_graph();
  graph.nodes.push_back(node("elan", "Élan Labs", "Project"));
  const ValidatedGraph validated = validate_venture(graph);
  ASSERT_EQ(validated.graph.nodes.size(), 3U);
  EXPECT_EQ(validated.graph.nodes[2].id, "elan-labs");
  EXPECT_EQ(validated.graph.edges, sound_graph().edges);
  EXPECT_THAT(codes(validated), ElementsAre("duplicate_id"));
}

TEST(Validate, RemakesIdsThatAreNoSlugsAndTakesTheEdgesAlong) {
  Graph graph = sound_graph();
  graph.nodes[1].id = "Nova Seed!";
  graph.edges[0].target = "Nova Seed!";
  const ValidatedGraph validated = validate_venture(graph);
  EXPECT_EQ(validated.graph, sound_graph());
  EXPECT_THAT(validated.warnings, IsEmpty());
}

TEST(Validate, NeverTakesAGoodIdFromItsNode) {
  Graph graph = sound_graph();
  graph.nodes.insert(graph.nodes.begin(), node("NOVA SEED", "Nova Seed", "Project"));
  const ValidatedGraph validated = validate_venture(graph);
  ASSERT_EQ(validated.graph.nodes.size(), 3U);
  EXPECT_EQ(validated.graph.nodes[0].id, "nova-seed-2");
  EXPECT_EQ(validated.graph.nodes[2].id, "nova-seed");
  EXPECT_EQ(validated.graph.edges, sound_graph().edges);
}

TEST(Validate, NumbersManyNodesOfOneLabelWithinTheLengthOfASlug) {
  Graph graph;
  const std::string label(100, 'a');
  for (int i = 0; i < 12; ++i) {
    graph.nodes.push_back(node("Bad " + std::to_string(i), label, "Investor"));
  }
  const ValidatedGraph validated = validate_venture(graph);
  ASSERT_EQ(validated.graph.nodes.size(), 12U);
  EXPECT_EQ(validated.graph.nodes[0].id, std::string(80, 'a'));
  EXPECT_EQ(validated.graph.nodes[1].id, std::string(78, 'a') + "-2");
  EXPECT_EQ(validated.graph.nodes[11].id, std::string(77, 'a') + "-12");
}

struct BrokenEdge {
  const char* name;
  Edge edge;
  const char* code;
};

class BrokenEdges : public testing::TestWithParam<BrokenEdge> {};

TEST_P(BrokenEdges, AreDroppedWithTheirReason) {
  Graph graph = sound_graph();
  graph.edges.push_back(GetParam().edge);
  const ValidatedGraph validated = validate_venture(graph);
  EXPECT_EQ(validated.graph, sound_graph());
  EXPECT_THAT(codes(validated), ElementsAre(GetParam().code));
}

const Evidence kTrue = {"Élan leads", 0, 10};

INSTANTIATE_TEST_SUITE_P(
    Each, BrokenEdges,
    testing::Values(
        BrokenEdge{"DanglingSource", {"ghost", "nova-seed", "LED", {kTrue}}, "dangling_edge"},
        BrokenEdge{"DanglingTarget", {"elan", "ghost", "LED", {kTrue}}, "dangling_edge"},
        BrokenEdge{"Self", {"elan", "elan", "CO_INVESTED", {kTrue}}, "self_edge"},
        BrokenEdge{"Relation", {"elan", "nova-seed", "ADMIRES", {kTrue}}, "unknown_relation"},
        BrokenEdge{"Types", {"nova-seed", "elan", "LED", {kTrue}}, "wrong_edge_types"},
        BrokenEdge{"Bare", {"elan", "nova-seed", "INVESTED_IN", {}}, "no_evidence"},
        BrokenEdge{"Duplicate", {"elan", "nova-seed", "LED", {kTrue}}, "duplicate_edge"}),
    [](const auto& instance) { return std::string(instance.param.name); });

struct Quote {
  const char* name;
  Evidence evidence;
  bool stands;
};

class Quotes : public testing::TestWithParam<Quote> {};

TEST_P(Quotes, MustStandAtTheirCodePoints) {
  Graph graph = sound_graph();
  graph.edges[0].evidence = {GetParam().evidence};
  EXPECT_EQ(validate_venture(graph).graph.edges.size(), GetParam().stands ? 1U : 0U);
}

INSTANTIATE_TEST_SUITE_P(
    Each, Quotes,
    testing::Values(Quote{"AtTheStart", {"Élan", 0, 4}, true},
                    Quote{"AfterAMultibyteLetter", {"Nova", 12, 16}, true},
                    Quote{"ToTheEnd", {"raises.", 17, 24}, true},
                    Quote{"WholeText", {std::string(kText), 0, 24}, true},
                    Quote{"ByteOffsets", {"Nova", 13, 17}, false},
                    Quote{"WrongEnd", {"Nova", 12, 17}, false},
                    Quote{"OtherCase", {"nova", 12, 16}, false}, Quote{"Empty", {"", 3, 3}, false},
                    Quote{"PastTheEnd", {"raises.", 24, 31}, false},
                    Quote{"RunsOverTheEnd", {"raises. And", 17, 28}, false},
                    Quote{"HalfALetter", {"\xC3", 0, 1}, false},
                    Quote{"HugeOffsets", {"Nova", ~std::size_t{0} - 4, ~std::size_t{0}}, false}),
    [](const auto& instance) { return std::string(instance.param.name); });

TEST(Validate, KeepsTheTrueQuotesOfAnEdgeAndSaysHowManyWentMissing) {
  Graph graph = sound_graph();
  graph.edges[0].evidence = {{"invented", 0, 8}, {"Nova", 12, 16}, {"lies", 1, 5}};
  const ValidatedGraph validated = validate_venture(graph);
  ASSERT_EQ(validated.graph.edges.size(), 1U);
  EXPECT_THAT(validated.graph.edges[0].evidence, ElementsAre(Evidence{"Nova", 12, 16}));
  ASSERT_THAT(codes(validated), ElementsAre("quote_not_found"));
  EXPECT_NE(validated.warnings[0].message.find("lost 2"), std::string::npos);
}

TEST(Validate, AnEdgeWithoutTrueQuotesDoesNotHideTheNextOne) {
  Graph graph = sound_graph();
  Edge bare = graph.edges[0];
  bare.evidence.clear();
  graph.edges.insert(graph.edges.begin(), bare);
  const ValidatedGraph validated = validate_venture(graph);
  EXPECT_EQ(validated.graph, sound_graph());
  EXPECT_THAT(codes(validated), ElementsAre("no_evidence"));
}

TEST(Validate, CountsTheWarningsItDoesNotList) {
  Graph graph = sound_graph();
  for (int i = 0; i < 250; ++i) graph.edges.push_back(led("ghost", "nova-seed"));
  const ValidatedGraph validated = validate_venture(graph);
  ASSERT_EQ(validated.warnings.size(), WarningList::kMaxWarnings + 1);
  EXPECT_EQ(validated.warnings.back().code, "more_warnings");
  EXPECT_NE(validated.warnings.back().message.find("150"), std::string::npos);
}

TEST(Validate, ShortensLongNamesInWarnings) {
  Graph graph = sound_graph();
  graph.edges.push_back(led(std::string(100'000, 'x'), "nova-seed"));
  const ValidatedGraph validated = validate_venture(graph);
  ASSERT_EQ(validated.warnings.size(), 1U);
  EXPECT_LT(validated.warnings[0].message.size(), 300U);
}

TEST(Validate, ChecksTheGeneralSchemaToo) {
  Graph graph{{node("ann", "Ann", "Person"), node("oslo", "Oslo", "Place")},
              {{"ann", "oslo", "LIVES_IN", {{"Nova", 12, 16}}},
               {"ann", "oslo", "lives in", {{"Nova", 12, 16}}}}};
  const ValidatedGraph validated = validate(graph, general_schema(), kText);
  EXPECT_EQ(validated.graph.edges.size(), 1U);
  EXPECT_THAT(codes(validated), ElementsAre("unknown_relation"));
}

}  // namespace
}  // namespace graphrail::graph
