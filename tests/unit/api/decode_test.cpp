// Decoding of POST /api/generate: what each kind of bad body is called, and where its fault is.
#include "api/decode.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "api/json_members.h"
#include "graph/schema.h"

namespace graphrail::api {
namespace {

using generate::Engine;

constexpr std::string_view kJson = "application/json";

struct BadBody {
  std::string name;
  std::string body;
  DecodeError error;
  /// The member at fault, empty for none.
  std::string field;
  /// What the client must be told, beside the kind.
  std::string contains;
};

class BadBodyTest : public testing::TestWithParam<BadBody> {};

TEST_P(BadBodyTest, NamesTheFault) {
  const BadBody& bad = GetParam();
  const auto decoded = decode_generate_request(kJson, bad.body);
  ASSERT_FALSE(decoded.has_value());
  EXPECT_EQ(decoded.error().code(), make_error_code(bad.error)) << decoded.error().public_text();
  EXPECT_EQ(decoded.error().field(), bad.field);
  EXPECT_NE(decoded.error().public_text().find(bad.contains), std::string::npos)
      << decoded.error().public_text();
}

std::string nested(std::size_t levels) {
  return R"({"x":)" + std::string(levels, '[') + std::string(levels, ']') + R"(,"input":"a"})";
}

INSTANTIATE_TEST_SUITE_P(
    Bodies, BadBodyTest,
    testing::Values(
        BadBody{"empty", "", DecodeError::kEmptyBody, "", "empty"},
        BadBody{"blank", " \r\n\t", DecodeError::kEmptyBody, "", "empty"},
        BadBody{"not_json", "hello", DecodeError::kInvalidJson, "", "line 1, column 1 (byte 0)"},
        BadBody{"second_line", "{\"input\":\n  \"a\",\n  }", DecodeError::kInvalidJson, "",
                "line 3, column 3 (byte 19)"},
        BadBody{"column_counts_code_points", "{\"é\": x}", DecodeError::kInvalidJson, "",
                "line 1, column 7 (byte 7)"},
        BadBody{"ends_early", R"({"input":"a)", DecodeError::kInvalidJson, "",
                "ends too early at line 1, column 12 (byte 11)"},
        BadBody{"rest", R"({"input":"a"} {})", DecodeError::kInvalidJson, "",
                "something follows the value at line 1, column 15 (byte 14)"},
        BadBody{"raw_nul", std::string("{\"input\":\"a\0b\"}", 15), DecodeError::kInvalidJson, "",
                "byte 11"},
        BadBody{"raw_line_break", "{\"input\":\"a\nb\"}", DecodeError::kInvalidJson, "", "byte 11"},
        BadBody{"lone_surrogate", R"({"input":"\ud800"})", DecodeError::kInvalidJson, "", "line 1"},
        BadBody{"byte_order_mark", "\xEF\xBB\xBF{}", DecodeError::kInvalidJson, "", "byte 0"},
        BadBody{"comment", R"({/* */"input":"a"})", DecodeError::kInvalidJson, "", "byte 1"},
        BadBody{"not_a_number", R"({"input":NaN})", DecodeError::kInvalidJson, "", "byte 9"},
        BadBody{"invalid_utf8", "{\"input\":\"\xC3\x28\"}", DecodeError::kInvalidUtf8, "",
                "line 1, column 11 (byte 10)"},
        BadBody{"overlong_utf8", "{\"\xC0\xAF\":1}", DecodeError::kInvalidUtf8, "", "byte 2"},
        BadBody{"too_deep", nested(kMaximumJsonDepth), DecodeError::kTooDeep, "", "32 levels"},
        BadBody{"very_deep", std::string(500'000, '['), DecodeError::kTooDeep, "", "32 levels"},
        BadBody{"array", R"([{"input":"a"}])", DecodeError::kNotAnObject, "", "object"},
        BadBody{"string", R"("input")", DecodeError::kNotAnObject, "", "object"},
        BadBody{"null", "null", DecodeError::kNotAnObject, "", "object"},
        BadBody{"no_input", R"({"text":"a"})", DecodeError::kMissingMember, "input",
                "\"input\" is missing"},
        BadBody{"input_below", R"({"x":{"input":"a"}})", DecodeError::kMissingMember, "input", ""},
        BadBody{"input_null", R"({"input":null})", DecodeError::kWrongType, "input",
                "\"input\" must be a string, not null."},
        BadBody{"input_number", R"({"input":1})", DecodeError::kWrongType, "input", "a number"},
        BadBody{"input_array", R"({"input":["a"]})", DecodeError::kWrongType, "input", "an array"},
        BadBody{"input_object", R"({"input":{}})", DecodeError::kWrongType, "input", "an object"},
        BadBody{"input_boolean", R"({"input":true})", DecodeError::kWrongType, "input",
                "a boolean"},
        BadBody{"force_refresh_string", R"({"input":"a","force_refresh":"yes"})",
                DecodeError::kWrongType, "force_refresh",
                "\"force_refresh\" must be a boolean, not a string."},
        BadBody{"force_refresh_number", R"({"input":"a","force_refresh":1})",
                DecodeError::kWrongType, "force_refresh", "a number"},
        BadBody{"engine_type", R"({"input":"a","engine":[]})", DecodeError::kWrongType, "engine",
                "an array"},
        BadBody{"engine_value", R"({"input":"a","engine":"gpt"})", DecodeError::kValueNotAllowed,
                "engine", R"("auto", "llm", "rules")"},
        BadBody{"engine_case", R"({"input":"a","engine":"Rules"})", DecodeError::kValueNotAllowed,
                "engine", "one of"},
        BadBody{"engine_nul", R"({"input":"a","engine":"llm\u0000"})",
                DecodeError::kValueNotAllowed, "engine", "one of"},
        BadBody{"schema_type", R"({"input":"a","schema":7})", DecodeError::kWrongType, "schema",
                "a number"},
        BadBody{"schema_value", R"({"input":"a","schema":"medical"})",
                DecodeError::kValueNotAllowed, "schema", R"("venture", "general")"},
        BadBody{"twice", R"({"input":"a","input":"b"})", DecodeError::kDuplicateMember, "input",
                "more than once"},
        BadBody{"twice_escaped", R"({"input":"a","\u0069nput":"b"})", DecodeError::kDuplicateMember,
                "input", ""}),
    [](const auto& info) { return info.param.name; });

TEST(DecodeGenerateRequest, FillsInWhatIsLeftOut) {
  const auto decoded = decode_generate_request(kJson, R"({"input":"a text"})");
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(decoded->input, "a text");
  EXPECT_FALSE(decoded->force_refresh);
  EXPECT_EQ(decoded->engine, Engine::kAuto);
  EXPECT_EQ(decoded->schema, "venture");
}

TEST(DecodeGenerateRequest, ReadsEveryMember) {
  const auto decoded = decode_generate_request(
      kJson, R"( {"schema":"general","engine":"llm","force_refresh":true,"input":"\u00e9\n😀"} )");
  ASSERT_TRUE(decoded.has_value());
  EXPECT_EQ(decoded->input, "é\n😀");
  EXPECT_TRUE(decoded->force_refresh);
  EXPECT_EQ(decoded->engine, Engine::kLlm);
  EXPECT_EQ(decoded->schema, "general");
}

TEST(DecodeGenerateRequest, IgnoresUnknownMembersWhateverTheyHold) {
  const auto decoded = decode_generate_request(
      kJson,
      R"({"a":{"input":1,"engine":2},"input":"x","b":[[{"input":null}]],"c":1e999,"d":"e"})");
  ASSERT_TRUE(decoded.has_value()) << decoded.error().public_text();
  EXPECT_EQ(decoded->input, "x");
}

TEST(DecodeGenerateRequest, TakesUnknownMembersTwice) {
  EXPECT_TRUE(decode_generate_request(kJson, R"({"n":1,"n":2,"input":"x"})").has_value());
}

TEST(DecodeGenerateRequest, NestsAsDeepAsAllowed) {
  EXPECT_TRUE(decode_generate_request(kJson, nested(kMaximumJsonDepth - 1)).has_value());
}

TEST(DecodeGenerateRequest, NeverEchoesAValue) {
  const auto decoded = decode_generate_request(kJson, R"({"input":"a","engine":"<script>"})");
  ASSERT_FALSE(decoded.has_value());
  EXPECT_EQ(decoded.error().public_text().find("script"), std::string::npos);
}

TEST(DecodeGenerateRequest, AllowsTheSchemasThatExist) {
  for (const std::string name : {"venture", "general"}) {
    EXPECT_NE(graph::find_schema(name), nullptr);
    const auto decoded =
        decode_generate_request(kJson, R"({"input":"a","schema":")" + name + "\"}");
    ASSERT_TRUE(decoded.has_value());
    EXPECT_EQ(decoded->schema, name);
  }
}

TEST(IsJsonContentType, TakesJsonInUtf8) {
  for (const std::string_view type :
       {"application/json", "Application/JSON", "application/json; charset=utf-8",
        "application/json;charset=UTF-8", "application/json; charset=\"utf-8\"",
        "application/json; profile=x; charset=utf-8", " application/json ", "application/json;"}) {
    EXPECT_TRUE(is_json_content_type(type)) << type;
  }
}

TEST(IsJsonContentType, RefusesTheRest) {
  for (const std::string_view type :
       {"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
        "application/jsonp", "application/ld+json", "application/json; charset=latin1",
        "application/json; charset=", "application/json; charset", "json", ";"}) {
    EXPECT_FALSE(is_json_content_type(type)) << type;
  }
}

TEST(DecodeGenerateRequest, AsksForJson) {
  const auto decoded = decode_generate_request("text/plain", R"({"input":"a"})");
  ASSERT_FALSE(decoded.has_value());
  EXPECT_TRUE(decoded.error().is(DecodeError::kUnsupportedMediaType));
}

}  // namespace
}  // namespace graphrail::api
