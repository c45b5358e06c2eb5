#include "graph/schema.h"

#include <gtest/gtest.h>

#include <string>

namespace graphrail::graph {
namespace {

struct EdgeCase {
  const char* relationship;
  const char* source;
  const char* target;
  bool allowed;
};

class VentureEdges : public testing::TestWithParam<EdgeCase> {};

TEST_P(VentureEdges, FollowTheTable) {
  const EdgeCase& edge = GetParam();
  EXPECT_EQ(venture_schema().allows_edge(edge.relationship, edge.source, edge.target),
            edge.allowed);
}

INSTANTIATE_TEST_SUITE_P(Design, VentureEdges,
                         testing::Values(EdgeCase{"LED", "Investor", "Round", true},
                                         EdgeCase{"LED", "Person", "Round", false},
                                         EdgeCase{"LED", "Investor", "Project", false},
                                         EdgeCase{"INVESTED_IN", "Investor", "Round", true},
                                         EdgeCase{"INVESTED_IN", "Investor", "Project", true},
                                         EdgeCase{"INVESTED_IN", "Investor", "Investor", false},
                                         EdgeCase{"CO_INVESTED", "Investor", "Investor", true},
                                         EdgeCase{"RAISED", "Project", "Round", true},
                                         EdgeCase{"RAISED", "Round", "Project", false},
                                         EdgeCase{"FOUNDED", "Person", "Project", true},
                                         EdgeCase{"FOUNDED", "Person", "Investor", false},
                                         EdgeCase{"PARTNERS_AT", "Person", "Investor", true},
                                         EdgeCase{"FOCUSES_ON", "Investor", "Narrative", true},
                                         EdgeCase{"CLASSIFIED_AS", "Project", "Narrative", true},
                                         EdgeCase{"CLASSIFIED_AS", "Project", "Concept", false},
                                         EdgeCase{"ACQUIRED", "Project", "Project", false}));

TEST(GeneralSchema, TakesUpperSnakeVerbPhrasesBetweenItsTypes) {
  const Schema& schema = general_schema();
  EXPECT_TRUE(schema.allows_edge("WORKS_AT", "Person", "Organization"));
  EXPECT_TRUE(schema.allows_edge("BORN_IN_2", "Person", "Date"));
  EXPECT_FALSE(schema.allows_edge("WORKS_AT", "Person", "Investor"));
}

TEST(GeneralSchema, RefusesOtherSpellingsOfARelation) {
  for (const std::string name :
       {"", "works_at", "WORKS AT", "_WORKS", "WORKS_", "WORKS__AT", "2ND", "WÄRE"}) {
    EXPECT_FALSE(general_schema().allows_relation(name)) << name;
  }
  EXPECT_TRUE(general_schema().allows_relation(std::string(60, 'A')));
  EXPECT_FALSE(general_schema().allows_relation(std::string(61, 'A')));
}

TEST(FindSchema, KnowsTheTwoNames) {
  EXPECT_EQ(find_schema("venture"), &venture_schema());
  EXPECT_EQ(find_schema("general"), &general_schema());
  EXPECT_EQ(find_schema("Venture"), nullptr);
}

}  // namespace
}  // namespace graphrail::graph
