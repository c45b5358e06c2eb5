#include "extract/model/element.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

namespace graphrail::extract::model {
namespace {

using testing::ElementsAre;

TEST(ReadNode, TakesTheAskedForForm) {
  const auto node = read_node(
      R"({"id":"a","label":" Acme ","type":"Project","aliases":["ACME","Acme Inc"],)"
      R"("properties":[{"name":"chain","value":"solana"},{"name":"total_raised","value":5}]})");
  ASSERT_TRUE(node.has_value());
  EXPECT_EQ(node->id, "a");
  EXPECT_EQ(node->label, "Acme");
  EXPECT_THAT(node->aliases, ElementsAre("ACME", "Acme Inc"));
  EXPECT_EQ(boost::json::serialize(node->properties), R"({"chain":"solana","total_raised":"5"})");
}

TEST(ReadNode, TakesWhatServersWithoutStrictSchemasWrite) {
  const auto node =
      read_node(R"({"id":7,"name":"Acme","type":"Project","properties":{"chain":"solana"}})");
  ASSERT_TRUE(node.has_value());
  EXPECT_EQ(node->id, "7");
  EXPECT_EQ(node->label, "Acme");
  EXPECT_EQ(node->properties.at("chain"), "solana");
}

TEST(ReadNode, RefusesWhatIsNoNode) {
  for (const char* text :
       {"", "[]", "{}", R"({"id":"a"})", R"({"id":"a","label":"","type":"Project"})",
        R"({"id":{},"label":"A","type":"Project"})", R"({"id":"a","label":"A","type":null})",
        R"({"id":"a","label":"A","type":"P)"}) {
    EXPECT_FALSE(read_node(text).has_value()) << text;
  }
}

TEST(ReadNode, IsBounded) {
  std::string aliases;
  for (int i = 0; i < 100; ++i) aliases += (i == 0 ? "\"x" : ",\"x") + std::to_string(i) + "\"";
  const auto node = read_node("{\"id\":\"a\",\"type\":\"T\",\"label\":\"" +
                              std::string(5'000, 'y') + "\",\"aliases\":[" + aliases + "]}");
  ASSERT_TRUE(node.has_value());
  EXPECT_EQ(node->label.size(), kMaxNameChars);
  EXPECT_EQ(node->aliases.size(), kMaxListItems);
}

TEST(ReadEdge, TakesTheAskedForForm) {
  const auto edge = read_edge(
      R"({"source":"a","target":"b","relationship":"LED","evidence":["led by A","A led"]})");
  ASSERT_TRUE(edge.has_value());
  EXPECT_EQ(edge->source, "a");
  EXPECT_EQ(edge->target, "b");
  EXPECT_EQ(edge->relationship, "LED");
  EXPECT_THAT(edge->quotes, ElementsAre("led by A", "A led"));
}

TEST(ReadEdge, TakesWhatServersWithoutStrictSchemasWrite) {
  const auto edge = read_edge(
      R"({"from":"a","to":"b","relation":"invested in","evidence":[{"quote":"A invested"}]})");
  ASSERT_TRUE(edge.has_value());
  EXPECT_EQ(edge->relationship, "INVESTED_IN");
  EXPECT_THAT(edge->quotes, ElementsAre("A invested"));
  const auto single = read_edge(R"({"source":"a","target":"b","type":"led-by","quote":"by A"})");
  ASSERT_TRUE(single.has_value());
  EXPECT_EQ(single->relationship, "LED_BY");
  EXPECT_THAT(single->quotes, ElementsAre("by A"));
}

TEST(ReadEdge, RefusesWhatIsNoEdge) {
  for (const char* text : {"", "{}", R"({"source":"a","target":"b"})",
                           R"({"source":"","target":"b","relationship":"LED"})"}) {
    EXPECT_FALSE(read_edge(text).has_value()) << text;
  }
  // An edge without a quote is an edge: that it has no evidence is said later.
  EXPECT_TRUE(read_edge(R"({"source":"a","target":"b","relationship":"LED"})").has_value());
}

}  // namespace
}  // namespace graphrail::extract::model
