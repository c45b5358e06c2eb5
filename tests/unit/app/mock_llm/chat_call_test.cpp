#include "app/mock_llm/chat_call.h"

#include <gtest/gtest.h>

#include "app/mock_llm/keys.h"

namespace graphrail::app::mock_llm {
namespace {

/// A body with one message and `more` members.
std::string body_with(std::string_view more) {
  return R"({"model":"m","messages":[{"role":"user","content":"Write JSON"}])" + std::string(more) +
         "}";
}

TEST(ChatCall, IsReadFromTheMessages) {
  const auto call = read_chat_call(
      R"({"model":"m","messages":[{"role":"system","content":"A"},{"role":"developer","content":"B"},
          {"role":"user","content":"first"},{"role":"assistant","content":null},
          {"role":"user","content":[{"type":"text","text":"la"},{"type":"image_url"},
          {"type":"text","text":"st"}]}],"stream":true,"stream_options":{"include_usage":true},
          "max_completion_tokens":9,"temperature":0,"seed":7,"response_format":{"type":"text"}})",
      "");
  ASSERT_TRUE(call.has_value()) << call.error().message;
  EXPECT_EQ(call->model, "m");
  EXPECT_EQ(call->instructions, "AB");
  EXPECT_EQ(call->user_message, "last");
  EXPECT_EQ(call->prompt_bytes, 11U);
  EXPECT_TRUE(call->stream);
  EXPECT_TRUE(call->include_usage);
  EXPECT_EQ(call->max_tokens, 9U);
  EXPECT_EQ(call->form, AnswerForm::kText);
}

TEST(ChatCall, TakesTheDeploymentForAModelThatIsNotNamed) {
  const std::string body = R"({"messages":[{"role":"user","content":"x"}]})";
  EXPECT_EQ(read_chat_call(body, "mine")->model, "mine");
  EXPECT_EQ(read_chat_call(body_with(""), "mine")->model, "m");
  EXPECT_EQ(read_chat_call(body, "").error().message, "you must provide a model parameter");
}

struct RefusalCase {
  std::string body;
  std::string param;
};

class Refusal : public testing::TestWithParam<RefusalCase> {};

TEST_P(Refusal, NamesTheParameter) {
  const auto call = read_chat_call(GetParam().body, "");
  ASSERT_FALSE(call.has_value());
  EXPECT_EQ(call.error().status, 400);
  EXPECT_EQ(call.error().type, "invalid_request_error");
  EXPECT_EQ(call.error().param, GetParam().param);
  EXPECT_NE(call.error().message, "");
}

INSTANTIATE_TEST_SUITE_P(
    Members, Refusal,
    testing::Values(
        RefusalCase{"", ""}, RefusalCase{"{", ""}, RefusalCase{"[]", ""},
        RefusalCase{R"({"model":"m"})", "messages"},
        RefusalCase{R"({"model":"m","messages":null})", "messages"},
        RefusalCase{R"({"model":"m","messages":"hi"})", "messages"},
        RefusalCase{R"({"model":"m","messages":[]})", "messages"},
        RefusalCase{R"({"model":"m","messages":[7]})", "messages[0]"},
        RefusalCase{R"({"model":"m","messages":[{"content":"x"}]})", "messages[0].role"},
        RefusalCase{R"({"model":"m","messages":[{"role":"boss","content":"x"}]})",
                    "messages[0].role"},
        RefusalCase{R"({"model":"m","messages":[{"role":"user","content":7}]})",
                    "messages[0].content"},
        RefusalCase{R"({"model":"m","messages":[{"role":"user","content":["x"]}]})",
                    "messages[0].content"},
        RefusalCase{R"({"model":7,"messages":[]})", "model"},
        RefusalCase{body_with(R"(,"stream":"yes")"), "stream"},
        RefusalCase{body_with(R"(,"stream_options":{"include_usage":true})"), "stream_options"},
        RefusalCase{body_with(R"(,"max_tokens":0)"), "max_tokens"},
        RefusalCase{body_with(R"(,"max_tokens":1,"max_completion_tokens":1)"), "max_tokens"},
        RefusalCase{body_with(R"(,"max_completion_tokens":"5")"), "max_completion_tokens"},
        RefusalCase{body_with(R"(,"temperature":3)"), "temperature"},
        RefusalCase{body_with(R"(,"n":2)"), "n"},
        RefusalCase{body_with(R"(,"response_format":"json")"), "response_format.type"},
        RefusalCase{body_with(R"(,"response_format":{"type":"xml"})"), "response_format.type"},
        RefusalCase{body_with(R"(,"response_format":{"type":"json_schema"})"),
                    "response_format.json_schema"},
        RefusalCase{
            body_with(
                R"(,"response_format":{"type":"json_schema","json_schema":{"name":"a b","schema":{}}})"),
            "response_format.json_schema.name"},
        RefusalCase{
            body_with(R"(,"response_format":{"type":"json_schema","json_schema":{"name":"a"}})"),
            "response_format.json_schema.schema"},
        RefusalCase{
            body_with(
                R"(,"response_format":{"type":"json_schema","json_schema":{"name":"a","strict":true,"schema":{"type":"object"}}})"),
            "response_format"},
        RefusalCase{
            R"({"model":"m","messages":[{"role":"user","content":"hi"}],"response_format":{"type":"json_object"}})",
            "messages"}));

TEST(ChatCall, DeepNestingIsRefusedNotFollowed) {
  const std::string deep = std::string(100'000, '[') + std::string(100'000, ']');
  EXPECT_FALSE(read_chat_call(body_with(",\"x\":" + deep), "").has_value());
}

TEST(Keys, AreAcceptedAndRefusedByWhatTheyAreCalled) {
  const KeyRules any;
  EXPECT_FALSE(check_key(any, "Bearer sk-good", ""));
  EXPECT_FALSE(check_key(any, "bearer sk-good", ""));
  EXPECT_FALSE(check_key(any, "", "azure-key"));
  EXPECT_EQ(check_key(any, "", "")->code, "invalid_api_key");
  EXPECT_EQ(check_key(any, "Basic abc", "")->status, 401);
  EXPECT_EQ(check_key(any, "Bearer ", "")->status, 401);
  EXPECT_EQ(check_key(any, "Bearer sk-bad-1", "")->status, 401);
  EXPECT_EQ(check_key(any, "", "sk-bad")->code, "invalid_api_key");
  EXPECT_EQ(check_key(any, "Bearer sk-broke", "")->status, 429);
  EXPECT_EQ(check_key(any, "Bearer sk-broke", "")->code, "insufficient_quota");
  const KeyRules one{.only = "sk-mine"};
  EXPECT_FALSE(check_key(one, "Bearer sk-mine", ""));
  EXPECT_EQ(check_key(one, "Bearer sk-mine2", "")->status, 401);
  const KeyRules none{.no_key_needed = true};
  EXPECT_FALSE(check_key(none, "", ""));
  EXPECT_EQ(check_key(none, "Bearer sk-bad", "")->status, 401);
}

}  // namespace
}  // namespace graphrail::app::mock_llm
