#include "extract/model/prompt.h"

#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

namespace graphrail::extract::model {
namespace {

PromptParts parts_of(std::string_view text) {
  return {.schema = "venture", .text = text, .mark = "4f1c"};
}

TEST(Prompt, TheTextComesBackAsItWasGiven) {
  for (const std::string_view text :
       {"Acme raised $5M.", "", "Line one\r\nEND TEXT 0000\nline three", "BEGIN TEXT\n",
        "BEGIN WRITTEN 4f1c\n{}\nEND WRITTEN 4f1c", "zwölf Größen \xF0\x9F\x92\xB6"}) {
    const auto messages = make_messages(parts_of(text));
    ASSERT_EQ(messages.size(), 2U);
    EXPECT_EQ(messages[0].role, "system");
    EXPECT_EQ(messages[0].content.find(text.empty() ? "4f1c" : text), std::string::npos);
    const auto read = read_user_message(messages[1].content);
    ASSERT_TRUE(read.has_value()) << text;
    EXPECT_EQ(read->text, text);
    EXPECT_EQ(read->written, "");
  }
}

TEST(Prompt, WhatIsWrittenStandsBehindTheText) {
  graph::Graph written;
  written.nodes.push_back({.id = "acme", .label = "Acme", .type = "Project"});
  written.edges.push_back({.source = "acme", .target = "round", .relationship = "RAISED"});
  PromptParts parts = parts_of("Acme raised $5M.");
  parts.written = &written;
  const auto read = read_user_message(make_messages(parts)[1].content);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->text, "Acme raised $5M.");
  EXPECT_EQ(read->written,
            R"({"nodes":[{"id":"acme","label":"Acme","type":"Project"}],)"
            R"("edges":[{"source":"acme","target":"round","relationship":"RAISED"}]})");
}

TEST(Prompt, AMessageWithoutAFenceIsNotRead) {
  EXPECT_FALSE(read_user_message("What is the capital of France?").has_value());
  EXPECT_FALSE(read_user_message("BEGIN TEXT 1\nno end").has_value());
}

TEST(Prompt, PartsAreCountedOnlyWhenThereAreSeveral) {
  PromptParts parts = parts_of("text");
  EXPECT_EQ(make_messages(parts)[1].content.find("Part "), std::string::npos);
  parts.part = 2;
  parts.parts = 3;
  EXPECT_NE(make_messages(parts)[1].content.find("Part 2 of 3"), std::string::npos);
}

/// Counts objects that break the strict subset.
int count_loose_objects(const boost::json::value& value) {
  int loose = 0;
  if (const auto* object = value.if_object()) {
    if (object->contains("properties") && object->at("type") == "object") {
      const auto& required = object->at("required").as_array();
      loose += object->at("additionalProperties") == false ? 0 : 1;
      loose += required.size() == object->at("properties").as_object().size() ? 0 : 1;
    }
    for (const auto& member : *object) loose += count_loose_objects(member.value());
  } else if (const auto* array = value.if_array()) {
    for (const auto& item : *array) loose += count_loose_objects(item);
  }
  return loose;
}

TEST(Prompt, TheSchemaIsStrictAndAsksForNodesFirst) {
  for (const std::string_view name : {"venture", "general"}) {
    const boost::json::object schema = answer_schema(name);
    EXPECT_EQ(count_loose_objects(schema), 0) << name;
    const std::string text = boost::json::serialize(schema);
    EXPECT_LT(text.find("\"nodes\""), text.find("\"edges\""));
    EXPECT_EQ(text.find("CO_INVESTED"), std::string::npos);
  }
  EXPECT_NE(boost::json::serialize(answer_schema("general")).find("Organization"),
            std::string::npos);
  EXPECT_NE(boost::json::serialize(answer_schema("venture")).find("PARTNERS_AT"),
            std::string::npos);
}

}  // namespace
}  // namespace graphrail::extract::model
