// The protocol of model servers, sans I/O: event streams, payloads, rejections, the ladder.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <string>
#include <vector>

#include "llm/capability.h"
#include "llm/chat.h"
#include "llm/event_parser.h"

namespace graphrail::llm {
namespace {

std::vector<std::string> parse_in_pieces(std::string_view stream, std::size_t piece) {
  EventParser parser;
  std::vector<std::string> events;
  for (std::size_t at = 0; at < stream.size(); at += piece) {
    EXPECT_TRUE(parser.feed(stream.substr(at, piece),
                            [&](std::string_view data) { events.emplace_back(data); }));
  }
  return events;
}

TEST(EventParser, ReadsEveryLineEndingHoweverTheBytesAreCut) {
  const std::string stream =
      ": OPENROUTER PROCESSING\n\ndata: {\"a\":1}\n\nevent: x\r\ndata:two\r\ndata: lines\r\n\r\n"
      "id: 3\rdata: cr\r\rdata: [DONE]\n\n";
  const std::vector<std::string> expected = {"{\"a\":1}", "two\nlines", "cr", "[DONE]"};
  for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
    EXPECT_EQ(parse_in_pieces(stream, piece), expected) << "piece " << piece;
  }
}

TEST(EventParser, RefusesAnEventAboveTheLimitAndTellsABrokenOne) {
  EventParser parser;
  const auto ignore = [](std::string_view) {};
  EXPECT_TRUE(parser.feed("data: half", ignore));
  EXPECT_TRUE(parser.has_partial_event());
  EXPECT_FALSE(parser.feed(std::string(EventParser::kMaxEventBytes, 'x'), ignore));
}

TEST(ChatPayload, ReadsDeltasWholeAnswersAndUsage) {
  const auto delta =
      read_chat_payload(R"({"choices":[{"delta":{"content":"ab"},"finish_reason":null}]})");
  ASSERT_TRUE(delta);
  EXPECT_EQ(delta->content, "ab");
  EXPECT_EQ(delta->finish, FinishReason::kNone);

  const auto whole = read_chat_payload(
      R"({"choices":[{"message":{"content":null,"refusal":"No."},"finish_reason":"stop"}],"usage":null})");
  ASSERT_TRUE(whole);
  EXPECT_EQ(whole->refusal, "No.");
  EXPECT_FALSE(whole->usage);

  const auto usage =
      read_chat_payload(R"({"choices":[],"usage":{"prompt_tokens":5,"completion_tokens":7}})");
  ASSERT_TRUE(usage);
  EXPECT_EQ(usage->usage->total(), 12U);

  EXPECT_EQ(read_chat_payload("<html>").error().code(),
            make_error_code(LlmError::kMalformedAnswer));
  EXPECT_EQ(read_chat_payload("{}").error().code(), make_error_code(LlmError::kMalformedAnswer));
}

TEST(ChatPayload, FindsAnErrorInsideA200) {
  const auto limited = read_chat_payload(R"({"error":{"code":429,"message":"slow down"}})");
  EXPECT_EQ(limited.error().code(), make_error_code(LlmError::kRateLimited));
  const auto plain = read_chat_payload(R"({"error":"exploded"})");
  EXPECT_EQ(plain.error().code(), make_error_code(LlmError::kUnavailable));
}

struct RejectionCase {
  int status;
  const char* body;
  LlmError expected;
};

void PrintTo(const RejectionCase& rejection, std::ostream* out) { *out << rejection.body; }

class Rejections : public testing::TestWithParam<RejectionCase> {};

TEST_P(Rejections, AreToldApart) {
  EXPECT_EQ(classify_rejection(GetParam().status, GetParam().body).error, GetParam().expected)
      << GetParam().status << " " << GetParam().body;
}

INSTANTIATE_TEST_SUITE_P(
    Table, Rejections,
    testing::Values(
        RejectionCase{401, R"({"error":{"message":"Incorrect API key","code":"invalid_api_key"}})",
                      LlmError::kWrongKey},
        RejectionCase{403, "", LlmError::kWrongKey},
        RejectionCase{402, R"({"error":{"message":"Payment required","code":402}})",
                      LlmError::kInsufficientQuota},
        RejectionCase{429, R"({"error":{"code":"insufficient_quota","message":"x"}})",
                      LlmError::kInsufficientQuota},
        RejectionCase{429, R"({"error":{"type":"insufficient_quota"}})",
                      LlmError::kInsufficientQuota},
        RejectionCase{429, R"({"error":{"code":"rate_limit_exceeded"}})", LlmError::kRateLimited},
        RejectionCase{429, "<html>Too many</html>", LlmError::kRateLimited},
        RejectionCase{400, R"({"error":{"code":"context_length_exceeded"}})",
                      LlmError::kContextOverflow},
        RejectionCase{400, R"({"error":{"code":"content_filter","message":"filtered"}})",
                      LlmError::kContentFiltered},
        RejectionCase{400, R"({"error":{"param":"response_format","message":"no"}})",
                      LlmError::kUnsupportedParameter},
        RejectionCase{400, R"({"detail":"This model does not support response_format"})",
                      LlmError::kUnsupportedParameter},
        RejectionCase{422, R"({"error":"Unrecognized request argument supplied: stream_options"})",
                      LlmError::kUnsupportedParameter},
        RejectionCase{422, R"({"detail":[{"loc":["body","stream_options"],"msg":"extra fields"}]})",
                      LlmError::kUnsupportedParameter},
        RejectionCase{422, R"({"message":{"detail":[{"loc":["body","response_format"]}]}})",
                      LlmError::kUnsupportedParameter},
        RejectionCase{400, R"({"error":{"message":"failed to parse grammar"}})",
                      LlmError::kUnsupportedParameter},
        RejectionCase{400, R"({"error":{"message":"messages must not be empty"}})",
                      LlmError::kMalformedAnswer},
        RejectionCase{404, R"({"error":{"code":"model_not_found"}})", LlmError::kModelNotFound},
        RejectionCase{408, "", LlmError::kTimeout},
        RejectionCase{500, "<html>", LlmError::kUnavailable},
        RejectionCase{503, R"({"message":"loading"})", LlmError::kUnavailable}));

TEST(Ladder, DropsTheNamedParameterFirstThenStepsDownToTheEnd) {
  Capability capability;
  EXPECT_TRUE(step_down(capability, "max_completion_tokens", ""));
  EXPECT_EQ(capability.rung, Rung::kStrictSchema);
  EXPECT_FALSE(capability.max_completion_tokens);
  EXPECT_TRUE(step_down(capability, "response_format", ""));
  EXPECT_EQ(capability.rung, Rung::kSchema);
  int steps = 0;
  while (step_down(capability, "", "bad request")) ASSERT_LT(++steps, 10);
  EXPECT_EQ(capability.rung, Rung::kPlainText);
}

TEST(Ladder, IsRememberedPerServerAndModelForADay) {
  CapabilityMemory memory;
  const auto now = std::chrono::steady_clock::time_point{} + std::chrono::hours(100);
  Capability plain;
  plain.rung = Rung::kPlainText;
  memory.remember("a", plain, now);
  EXPECT_EQ(memory.recall("a", now), plain);
  EXPECT_EQ(memory.recall("b", now), Capability{});
  EXPECT_EQ(memory.recall("a", now + std::chrono::hours(25)), Capability{});
}

TEST(ChatBody, SaysTheSchemaInTheFormTheServerAccepts) {
  ChatRequest request;
  request.model = "m";
  request.messages = {{"system", "Extract."}, {"user", "text"}};
  request.schema_name = "graph";
  request.schema = R"({"type":"object"})";
  const auto strict = boost::json::parse(make_chat_body(request, {}, true)).as_object();
  EXPECT_EQ(strict.at("response_format").at("json_schema").at("strict"), true);
  EXPECT_EQ(strict.at("stream_options").at("include_usage"), true);
  EXPECT_TRUE(strict.contains("max_completion_tokens"));

  Capability plain{Rung::kPlainText, false, false, false, false};
  const auto body = boost::json::parse(make_chat_body(request, plain, false)).as_object();
  EXPECT_FALSE(body.contains("response_format"));
  EXPECT_FALSE(body.contains("stream"));
  EXPECT_TRUE(body.contains("max_tokens"));
  const auto system = body.at("messages").at(0).at("content").as_string();
  EXPECT_NE(std::string_view(system).find(R"({"type":"object"})"), std::string_view::npos);
}

}  // namespace
}  // namespace graphrail::llm
