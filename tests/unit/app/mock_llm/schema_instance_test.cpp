#include "app/mock_llm/schema_instance.h"

#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "app/mock_llm/strict_schema.h"
#include "extract/model/prompt.h"

namespace graphrail::app::mock_llm {
namespace {

namespace json = boost::json;

std::string instance_of(std::string_view schema) {
  return json::serialize(make_smallest_instance(json::parse(schema).as_object()));
}

struct InstanceCase {
  const char* schema;
  const char* instance;
};

class Instance : public testing::TestWithParam<InstanceCase> {};

TEST_P(Instance, IsTheSmallest) { EXPECT_EQ(instance_of(GetParam().schema), GetParam().instance); }

INSTANTIATE_TEST_SUITE_P(
    Kinds, Instance,
    testing::Values(InstanceCase{R"({"type":"object","properties":{"a":{"type":"string"}}})", "{}"},
                    InstanceCase{R"({"type":"object","properties":{"a":{"type":"string"},
                        "b":{"type":"integer"},"c":{"type":"boolean"},"d":{"type":"null"},
                        "e":{"type":"array","items":{"type":"string"}}},
                        "required":["d","c","b","a","e"]})",
                                 R"({"a":"","b":0,"c":false,"d":null,"e":[]})"},
                    InstanceCase{R"({"enum":["x","y"]})", R"("x")"},
                    InstanceCase{R"({"const":7})", "7"},
                    InstanceCase{R"({"type":["null","integer"],"minimum":3})", "3"},
                    InstanceCase{R"({"type":"integer","exclusiveMinimum":3})", "4"},
                    InstanceCase{R"({"type":"integer","maximum":-3})", "-3"},
                    InstanceCase{R"({"type":"integer","minimum":7,"multipleOf":5})", "10"},
                    InstanceCase{R"({"type":"string","minLength":3})", R"("xxx")"},
                    InstanceCase{R"({"type":"string","format":"date"})", R"("2026-01-01")"},
                    InstanceCase{R"({"type":"array","minItems":2,"items":{"enum":[1]}})", "[1,1]"},
                    InstanceCase{R"({"anyOf":[{"type":"integer"},{"type":"null"}]})", "0"},
                    InstanceCase{R"({"allOf":[{"type":"object","properties":{"a":{"const":1}},
                        "required":["a"]},{"type":"object","properties":{"b":{"const":2}},
                        "required":["b"]}]})",
                                 R"({"a":1,"b":2})"},
                    InstanceCase{R"({"$ref":"#/$defs/p","$defs":{"p":{"$ref":"#/$defs/q"},
                        "q":{"enum":["deep"]}}})",
                                 R"("deep")"},
                    InstanceCase{R"({"$ref":"#/$defs/nowhere"})", "null"},
                    InstanceCase{R"({"properties":{"a":{"const":1}},"required":["a","b"]})",
                                 R"({"a":1,"b":null})"},
                    InstanceCase{R"({})", R"("")"}));

TEST(Instances, OfRecursiveSchemasEnd) {
  EXPECT_NE(instance_of(R"({"$ref":"#"})"), "");
  const std::string tree = instance_of(
      R"({"type":"object","properties":{"next":{"anyOf":[{"$ref":"#"},{"type":"null"}]}},
          "required":["next"]})");
  EXPECT_LT(tree.size(), 200U);
  EXPECT_NE(tree.find(R"({"next":null})"), std::string::npos) << tree;
  // Wide and deep at once: bounded by the number of values, not by what the schema says.
  const std::string wide = instance_of(
      R"({"type":"array","minItems":100,"items":{"type":"array","minItems":100,"items":{"$ref":"#"}}})");
  EXPECT_LT(wide.size(), 200'000U);
}

TEST(StrictSchema, TheProgramsOwnSchemasPass) {
  for (const std::string_view name : {"venture", "general"}) {
    const auto objection = object_to_strict_schema(extract::model::answer_schema(name));
    EXPECT_FALSE(objection.has_value()) << *objection;
  }
}

TEST(StrictSchema, WhatTheRealServerRefusesIsRefusedInItsWords) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {R"({"type":"array"})", R"(schema must be a JSON Schema of 'type: "object"'.)"},
      {R"({"type":"object","properties":{}})",
       "In context=(), 'additionalProperties' is required to be supplied and to be false."},
      {R"({"type":"object","properties":{"a":{"type":"string"}},"required":[],
           "additionalProperties":false})",
       "In context=(), 'required' is required to be supplied and to be an array including every "
       "key in properties. Missing 'a'."},
      {R"({"type":"object","properties":{"a":{"type":"array","items":{"type":"object"}}},
           "required":["a"],"additionalProperties":false})",
       "In context=('properties', 'a', 'items'), 'additionalProperties' is required to be supplied "
       "and to be false."},
      {R"({"type":"object","properties":{"a":{"allOf":[]}},"required":["a"],
           "additionalProperties":false})",
       "In context=('properties', 'a'), 'allOf' is not permitted."},
  };
  for (const auto& [schema, words] : cases) {
    EXPECT_EQ(object_to_strict_schema(json::parse(schema).as_object()), words) << schema;
  }
}

}  // namespace
}  // namespace graphrail::app::mock_llm
