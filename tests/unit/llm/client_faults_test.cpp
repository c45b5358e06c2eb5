// The fault table: what servers do wrong, and what a call says about it, each within its deadline.
#include "unit/llm/client_world.h"

namespace graphrail::llm {
namespace {

struct Fault {
  const char* name;
  OriginScript script;
  /// Nothing: the call succeeds.
  std::optional<LlmError> error;
  /// For answers that break off after content.
  std::optional<LlmError> broken_off = {};
  std::size_t requests = 1;
  std::chrono::milliseconds deadline = 5s;
  std::string text = {};
  FinishReason finish = FinishReason::kStop;
};

OriginScript write(std::string bytes) { return in_turn({std::move(bytes)}); }

OriginScript write_then_hang(std::string bytes) {
  return [bytes = std::move(bytes)](const OriginRequest&, OriginConnection& connection) {
    connection.write(bytes);
    connection.stay_silent();
  };
}

OriginScript drip(int pieces, bool ends) {
  return [pieces, ends](const OriginRequest&, OriginConnection& connection) {
    connection.write(kStreamHead);
    for (int i = 0; i < pieces; ++i) {
      if (!connection.pause(15ms) || !connection.write(content_event("x"))) return;
    }
    if (ends) connection.write(finish_event("stop") + event("[DONE]"));
  };
}

OriginScript endless_answer(std::uint64_t bytes) {
  return [bytes](const OriginRequest&, OriginConnection& connection) {
    connection.write(kStreamHead);
    const std::string piece = content_event(std::string(100'000, 'x'));
    for (std::uint64_t sent = 0; sent < bytes; sent += piece.size()) {
      if (!connection.write(piece)) return;
    }
  };
}

const std::string kHead = kStreamHead;
const std::string kHtml = "<!DOCTYPE html><html><body>Bad gateway</body></html>";

std::vector<Fault> transport_faults() {
  return {
      {.name = "hung before the head",
       .script = write_then_hang(""),
       .error = LlmError::kTimeout,
       .requests = 3},
      {.name = "hung after the head",
       .script = write_then_hang(kHead),
       .error = LlmError::kTimeout,
       .requests = 3},
      {.name = "hung before the head until the deadline",
       .script = write_then_hang(""),
       .error = LlmError::kTimeout,
       .deadline = 60ms},
      {.name = "hung in the stream",
       .script = write_then_hang(kHead + content_event("{\"a\"")),
       .error = {},
       .broken_off = LlmError::kTimeout,
       .text = "{\"a\"",
       .finish = FinishReason::kNone},
      {.name = "slow drip", .script = drip(8, true), .error = {}, .text = "xxxxxxxx"},
      {.name = "broken half-way",
       .script = write(kHead + content_event("{\"a\"")),
       .error = {},
       .broken_off = LlmError::kUnavailable,
       .text = "{\"a\"",
       .finish = FinishReason::kNone},
      {.name = "broken before content, then fine",
       .script = in_turn({kHead + event(R"({"choices":[]})"), good_stream()}),
       .error = {},
       .requests = 2,
       .text = "{\"a\":1}"},
      {.name = "closed without a word, then fine",
       .script = in_turn({"", good_stream()}),
       .error = {},
       .requests = 2,
       .text = "{\"a\":1}"},
      {.name = "500, then fine",
       .script = in_turn({http_response(500, "oops"), good_stream()}),
       .error = {},
       .requests = 2,
       .text = "{\"a\":1}"},
      {.name = "500 for ever",
       .script = write(http_response(500, "oops")),
       .error = LlmError::kUnavailable,
       .requests = 3},
      {.name = "no HTTP",
       .script = write("SSH-2.0-OpenSSH\r\n\r\n"),
       .error = LlmError::kMalformedAnswer},
      {.name = "50 MB",
       .script = endless_answer(50'000'000),
       .error = {},
       .broken_off = LlmError::kAnswerTooLarge,
       .finish = FinishReason::kNone},
      {.name = "50 MB at once",
       .script = write(http_response(200, R"({"x":")" + std::string(50'000'000, 'x'))),
       .error = LlmError::kAnswerTooLarge},
  };
}

std::vector<Fault> answer_faults() {
  return {
      {.name = "HTML with 200",
       .script = write(http_response(200, kHtml, {{"Content-Type", "text/html; charset=utf-8"}})),
       .error = LlmError::kMalformedAnswer},
      {.name = "HTML with 200 and no type",
       .script = write(http_response(200, kHtml)),
       .error = LlmError::kMalformedAnswer},
      {.name = "HTML with 502, then fine",
       .script =
           in_turn({http_response(502, kHtml, {{"Content-Type", "text/html"}}), good_stream()}),
       .error = {},
       .requests = 2,
       .text = "{\"a\":1}"},
      {.name = "a redirect",
       .script = write(http_response(307, "", {{"Location", "http://127.0.0.1:1/"}})),
       .error = LlmError::kMalformedAnswer},
      {.name = "invalid event",
       .script = write(kHead + event("{broken")),
       .error = LlmError::kMalformedAnswer},
      {.name = "invalid event after content",
       .script = write(kHead + content_event("x") + event("{broken")),
       .error = {},
       .broken_off = LlmError::kMalformedAnswer,
       .text = "x",
       .finish = FinishReason::kNone},
      {.name = "text that is no stream",
       .script = write(http_response(200, "hello")),
       .error = LlmError::kMalformedAnswer},
      {.name = "refusal",
       .script = write(kHead + event(R"({"choices":[{"delta":{"refusal":"I cannot."}}]})") +
                       finish_event("stop") + event("[DONE]")),
       .error = LlmError::kRefused},
      {.name = "cut at its length",
       .script = write(kHead + content_event("{\"a\"") + finish_event("length") + event("[DONE]")),
       .error = {},
       .text = "{\"a\"",
       .finish = FinishReason::kLength},
      {.name = "length used up before content",
       .script = write(kHead + finish_event("length") + event("[DONE]")),
       .error = {},
       .finish = FinishReason::kLength},
      {.name = "filtered at once",
       .script = write(kHead + finish_event("content_filter") + event("[DONE]")),
       .error = LlmError::kContentFiltered},
      {.name = "filtered half-way",
       .script = write(kHead + content_event("x") + finish_event("content_filter")),
       .error = {},
       .text = "x",
       .finish = FinishReason::kContentFilter},
      {.name = "nothing said",
       .script = write(kHead + finish_event("stop") + event("[DONE]")),
       .error = LlmError::kMalformedAnswer},
      {.name = "done without a reason",
       .script = write(kHead + content_event("x") + event("[DONE]")),
       .error = {},
       .text = "x"},
      {.name = "silent after [DONE]",
       .script = write_then_hang(good_stream()),
       .error = {},
       .text = "{\"a\":1}"},
      {.name = "whole JSON for a stream",
       .script = write(http_response(
           200, R"({"choices":[{"message":{"content":"{}"},"finish_reason":"stop"}]})",
           {{"Content-Type", "application/json"}})),
       .error = {},
       .text = "{}"},
  };
}

std::vector<Fault> rejections() {
  const std::string busy = R"({"error":{"code":503,"message":"upstream down"}})";
  return {
      {.name = "insufficient quota",
       .script = write(json_error(429, R"({"code":"insufficient_quota","message":"pay"})")),
       .error = LlmError::kInsufficientQuota},
      {.name = "wrong key",
       .script = write(json_error(401, R"({"code":"invalid_api_key","message":"no"})")),
       .error = LlmError::kWrongKey},
      {.name = "context overflow",
       .script = write(json_error(400, R"({"code":"context_length_exceeded"})")),
       .error = LlmError::kContextOverflow},
      {.name = "model not found",
       .script = write(json_error(404, R"({"code":"model_not_found"})")),
       .error = LlmError::kModelNotFound},
      {.name = "prompt filtered",
       .script = write(json_error(400, R"({"code":"content_filter"})")),
       .error = LlmError::kContentFiltered},
      {.name = "429 for ever",
       .script = write(json_error(429, R"({"code":"rate_limit_exceeded"})")),
       .error = LlmError::kRateLimited,
       .requests = 3},
      {.name = "408, 409, then fine",
       .script = in_turn({http_response(408, ""), http_response(409, ""), good_stream()}),
       .error = {},
       .requests = 3,
       .text = "{\"a\":1}"},
      {.name = "error object in a 200, then fine",
       .script = in_turn({http_response(200, busy), good_stream()}),
       .error = {},
       .requests = 2,
       .text = "{\"a\":1}"},
      {.name = "error object in a 200: wrong key",
       .script = write(http_response(200, R"({"error":{"code":401,"message":"no"}})")),
       .error = LlmError::kWrongKey},
      {.name = "error event before content, then fine",
       .script = in_turn({kHead + event(busy), good_stream()}),
       .error = {},
       .requests = 2,
       .text = "{\"a\":1}"},
      {.name = "error event after content",
       .script = write(kHead + content_event("x") + event(busy)),
       .error = {},
       .broken_off = LlmError::kUnavailable,
       .text = "x",
       .finish = FinishReason::kNone},
  };
}

void PrintTo(const Fault& fault, std::ostream* out) { *out << fault.name; }

class Faults : public testing::TestWithParam<Fault> {};

TEST_P(Faults, AreToldApartWithinTheDeadline) {
  const Fault& fault = GetParam();
  ClientWorld world(fault.script, [](OpenAiOptions& options) {
    options.first_byte_timeout = 80ms;
    options.stall_timeout = 80ms;
  });
  const auto started = std::chrono::steady_clock::now();
  const auto answer = world.complete(world.call(fault.deadline));
  EXPECT_LT(std::chrono::steady_clock::now() - started, fault.deadline + 1s);
  EXPECT_EQ(world.origin.requests().size(), fault.requests);
  if (fault.error) {
    ASSERT_FALSE(answer);
    EXPECT_EQ(answer.error().code(), make_error_code(*fault.error))
        << answer.error().private_cause();
    EXPECT_EQ(world.sink->text, "");
    return;
  }
  ASSERT_TRUE(answer) << answer.error().private_cause();
  EXPECT_EQ(answer->attempts, static_cast<int>(fault.requests));
  EXPECT_EQ(answer->finish, fault.finish);
  if (!fault.text.empty()) EXPECT_EQ(world.sink->text, fault.text);
  EXPECT_LE(world.sink->text.size(), 8U * 1024 * 1024);
  ASSERT_EQ(answer->broken_off.has_value(), fault.broken_off.has_value());
  if (fault.broken_off) {
    EXPECT_EQ(answer->broken_off->code(), make_error_code(*fault.broken_off));
  }
}

INSTANTIATE_TEST_SUITE_P(Transport, Faults, testing::ValuesIn(transport_faults()));
INSTANTIATE_TEST_SUITE_P(Answers, Faults, testing::ValuesIn(answer_faults()));
INSTANTIATE_TEST_SUITE_P(Rejections, Faults, testing::ValuesIn(rejections()));

TEST(ClientFaults, ARefusedConnectionIsTriedAgainThenUnavailable) {
  ClientWorld world(write(""),
                    [](OpenAiOptions& options) { options.base_url = "http://127.0.0.1:1/v1"; });
  const auto answer = world.complete();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code(), LlmError::kUnavailable);
  EXPECT_EQ(answer.error().reason(), "unreachable");
  EXPECT_FALSE(answer.error().public_text().empty());
  EXPECT_FALSE(answer.error().private_cause().empty());
}

TEST(ClientFaults, ADripEndsAtTheDeadline) {
  ClientWorld world(drip(400, true));
  const auto answer = world.complete(world.call(280ms));
  ASSERT_TRUE(answer);
  ASSERT_TRUE(answer->broken_off);
  EXPECT_EQ(answer->broken_off->code(), LlmError::kTimeout);
  EXPECT_FALSE(world.sink->text.empty());
}

TEST(ClientFaults, PublicTextsSayNothingOfTheServersAndCausesNothingOfTheKey) {
  const std::string padding(380, '.');
  ClientWorld world(write(json_error(
      401, R"({"message":")" + padding + R"(Incorrect key sk-operators-own-key of ACME"})")));
  const auto answer = world.complete();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().public_text().find("ACME"), std::string::npos);
  const std::string& cause = answer.error().private_cause();
  EXPECT_NE(cause.find("status 401"), std::string::npos);
  EXPECT_EQ(cause.find("sk-op"), std::string::npos) << cause;
  EXPECT_LE(cause.size(), 500U);
}

TEST(ClientFaults, ARefusalKeepsTheModelsWordsForTheLog) {
  ClientWorld world(write(http_response(
      200, R"({"choices":[{"message":{"refusal":"I cannot help."},"finish_reason":"stop"}]})")));
  const auto answer = world.complete();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code(), LlmError::kRefused);
  EXPECT_EQ(answer.error().private_cause(), "I cannot help.");
}

}  // namespace
}  // namespace graphrail::llm
