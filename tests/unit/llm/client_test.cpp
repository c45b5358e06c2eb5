// What a call sends, what it returns when all is well, and what happens around calls: hints, the
// ladder, the line, the breaker, callers who leave.
#include <boost/json/parse.hpp>

#include "unit/llm/client_world.h"

namespace graphrail::llm {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

json::object body_of(const OriginRequest& request) { return json::parse(request.body).as_object(); }

TEST(OpenAiClient, SendsOneRequestAndReturnsTheWholeAnswer) {
  ClientWorld world(in_turn({good_stream()}));
  const auto answer = world.complete();
  ASSERT_TRUE(answer) << answer.error().private_cause();
  EXPECT_EQ(world.sink->text, "{\"a\":1}");
  EXPECT_EQ(answer->finish, FinishReason::kStop);
  EXPECT_EQ(answer->model, "served-1");
  EXPECT_EQ(answer->rung, Rung::kStrictSchema);
  EXPECT_EQ(answer->usage.total(), 120U);
  EXPECT_FALSE(answer->usage_is_estimated);
  ASSERT_TRUE(answer->cost_usd);
  EXPECT_NEAR(*answer->cost_usd, 100 * 0.15e-6 + 20 * 0.60e-6, 1e-12);
  const OriginRequest request = world.origin.requests().at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/v1/chat/completions");
  EXPECT_EQ(request.field("authorization"), "Bearer sk-operators-own-key");
  EXPECT_EQ(request.field("content-type"), "application/json");
  EXPECT_EQ(body_of(request).at("model"), "gpt-4o-mini");
  EXPECT_EQ(body_of(request).at("stream"), true);
  const std::string text = world.metrics->serialize();
  EXPECT_NE(text.find(R"(graphrail_llm_calls_total{client="operator",outcome="ok"} 1)"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find(R"(graphrail_llm_tokens_total{client="operator",direction="completion"} 20)"),
            std::string::npos);
}

TEST(OpenAiClient, EstimatesAMissingUsage) {
  ClientWorld world(in_turn({std::string(kStreamHead) + content_event("12345") +
                             finish_event("stop") + event("[DONE]")}));
  const auto answer = world.complete();
  ASSERT_TRUE(answer);
  EXPECT_TRUE(answer->usage_is_estimated);
  EXPECT_EQ(answer->usage.completion_tokens, 2U);
  EXPECT_GT(answer->usage.prompt_tokens, 5U);
}

TEST(OpenAiClient, UsesTheCallersKeyAndModelWhenGiven) {
  ClientWorld world(in_turn({good_stream()}));
  ChatCall call = world.call();
  call.request.model = "other";
  call.key = std::make_shared<core::Secret>(std::string("sk-callers"));
  ASSERT_TRUE(world.complete(call));
  const OriginRequest request = world.origin.requests().at(0);
  EXPECT_EQ(request.field("authorization"), "Bearer sk-callers");
  EXPECT_EQ(body_of(request).at("model"), "other");
}

TEST(OpenAiClient, RefusesAKeyThatWouldBreakTheHeader) {
  ClientWorld world(in_turn({good_stream()}));
  ChatCall call = world.call();
  call.key = std::make_shared<core::Secret>(std::string("sk-x\r\nX-Evil: 1"));
  EXPECT_EQ(world.complete(call).error().code(), LlmError::kWrongKey);
  EXPECT_EQ(world.origin.requests().size(), 0U);
}

TEST(OpenAiClient, EndsWhenTheSinkHasEnough) {
  ClientWorld world(in_turn({good_stream()}));
  world.sink->wants_more = [](const std::string&) { return false; };
  const auto answer = world.complete();
  ASSERT_TRUE(answer);
  EXPECT_FALSE(answer->broken_off);
  EXPECT_EQ(answer->finish, FinishReason::kNone);
  EXPECT_EQ(world.sink->text, "{\"a\"");
}

struct HintCase {
  const char* name;
  std::pair<std::string, std::string> field;
};

void PrintTo(const HintCase& hint, std::ostream* out) { *out << hint.name; }

class Hints : public testing::TestWithParam<HintCase> {};

TEST_P(Hints, AreObeyedInsteadOfTheBackOff) {
  ClientWorld world(
      in_turn({json_error(429, R"({"code":"rate_limit_exceeded"})", {GetParam().field}),
               good_stream()}),
      [](OpenAiOptions& options) {
        // So long that only the hint can make the call succeed within its deadline.
        options.retry.first_delay = 60s;
        options.retry.max_delay = 60s;
      });
  const auto answer = world.complete();
  ASSERT_TRUE(answer) << answer.error().private_cause();
  EXPECT_EQ(answer->attempts, 2);
}

INSTANTIATE_TEST_SUITE_P(Kinds, Hints,
                         testing::Values(HintCase{"ms", {"retry-after-ms", "20"}},
                                         HintCase{"seconds", {"Retry-After", "0"}},
                                         HintCase{"date",
                                                  {"Retry-After", "Wed, 06 May 2026 07:00:00 GMT"}},
                                         HintCase{"reset", {"x-ratelimit-reset-tokens", "20ms"}}),
                         [](const auto& info) { return info.param.name; });

TEST(OpenAiClient, AHintPastTheDeadlineIsPassedOnToTheCaller) {
  ClientWorld world(
      in_turn({json_error(429, R"({"code":"rate_limit_exceeded"})", {{"Retry-After", "30"}})}));
  const auto answer = world.complete();
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code(), LlmError::kRateLimited);
  EXPECT_EQ(answer.error().retry_after_seconds(), 30);
  EXPECT_EQ(world.origin.requests().size(), 1U);
}

TEST(OpenAiClient, StepsDownTheLadderOnceAndRemembers) {
  ClientWorld world([](const OriginRequest& request, OriginConnection& connection) {
    const json::object body = body_of(request);
    if (body.contains("max_completion_tokens")) {
      connection.write(json_error(
          400, R"({"param":"max_completion_tokens","message":"Unsupported parameter"})"));
    } else if (body.contains("response_format") &&
               body.at("response_format").at("type") == "json_schema") {
      connection.write(
          json_error(400, R"({"message":"does not support response_format json_schema"})"));
    } else {
      connection.write(good_stream());
    }
  });
  const auto first = world.complete();
  ASSERT_TRUE(first) << first.error().private_cause();
  EXPECT_EQ(first->rung, Rung::kJsonObject);
  EXPECT_EQ(first->attempts, 4);
  EXPECT_EQ(first->capability,
            (Capability{.rung = Rung::kJsonObject, .max_completion_tokens = false}));
  const auto second = world.complete();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->attempts, 1);
  EXPECT_EQ(second->rung, Rung::kJsonObject);
}

TEST(OpenAiClient, GivesUpOnAServerThatRejectsEveryForm) {
  ClientWorld world(in_turn({json_error(400, R"({"message":"unsupported"})")}));
  EXPECT_EQ(world.complete().error().code(), LlmError::kUnsupportedParameter);
  EXPECT_LE(world.origin.requests().size(), 9U);
}

TEST(OpenAiClient, ACallerWhoLeavesMidStreamClosesTheConnection) {
  std::promise<bool> closed;
  ClientWorld world([&](const OriginRequest&, OriginConnection& connection) {
    connection.write(std::string(kStreamHead) + content_event("x"));
    closed.set_value(!connection.pause(1s));
  });
  world.sink->wants_more = [&](const std::string&) {
    world.leave.emit(asio::cancellation_type::terminal);
    return true;
  };
  EXPECT_THROW(static_cast<void>(world.complete()), boost::system::system_error);
  EXPECT_TRUE(closed.get_future().get());
  EXPECT_NE(world.metrics->serialize().find(R"(outcome="cancelled"} 1)"), std::string::npos);
}

TEST(OpenAiClient, RunsAsManyCallsAsAllowedAndRefusesWhatTheLineCannotHold) {
  std::atomic<int> running = 0;
  std::atomic<int> most = 0;
  ClientWorld world(
      [&](const OriginRequest&, OriginConnection& connection) {
        const int now = ++running;
        most = std::max(most.load(), now);
        connection.pause(20ms);
        --running;
        connection.write(good_stream());
      },
      [](OpenAiOptions& options) {
        options.max_concurrent = 2;
        options.max_queued = 2;
      });
  std::vector<std::future<core::Result<ChatAnswer>>> calls;
  for (int i = 0; i < 5; ++i) {
    calls.push_back(world.start(world.call(), std::make_shared<TextSink>()));
  }
  world.run();
  int busy = 0;
  for (auto& call : calls) {
    const auto answer = call.get();
    if (answer) continue;
    EXPECT_EQ(answer.error().code(), LlmError::kBusy);
    EXPECT_GE(answer.error().retry_after_seconds(), 1);
    ++busy;
  }
  EXPECT_EQ(busy, 1);
  EXPECT_LE(most, 2);
}

TEST(OpenAiClient, LeavesAFailingServerAloneThenProbesIt) {
  std::atomic<bool> healthy = false;
  ClientWorld world(
      [&](const OriginRequest&, OriginConnection& connection) {
        connection.write(healthy ? good_stream() : http_response(503, "down"));
      },
      [](OpenAiOptions& options) {
        options.breaker.outages_to_open = 4;
        options.breaker.pause = 10s;
      });
  EXPECT_EQ(world.complete().error().code(), LlmError::kUnavailable);
  EXPECT_EQ(world.complete().error().code(), LlmError::kUnavailable);
  EXPECT_EQ(world.origin.requests().size(), 4U);
  const auto refused = world.complete();
  EXPECT_EQ(refused.error().code(), LlmError::kCircuitOpen);
  EXPECT_GE(refused.error().retry_after_seconds(), 9);
  EXPECT_EQ(world.origin.requests().size(), 4U);
  EXPECT_NE(world.metrics->serialize().find(R"(circuit_state{client="operator"} 2)"),
            std::string::npos);
  healthy = true;
  world.clock->skipped = 10s;
  ChatCall call = world.call(20s);
  EXPECT_TRUE(world.complete(call));
  EXPECT_TRUE(world.complete(call));
  EXPECT_NE(world.metrics->serialize().find(R"(circuit_state{client="operator"} 0)"),
            std::string::npos);
}

TEST(OpenAiClient, RejectionsNeverOpenTheCircuit) {
  ClientWorld world(in_turn({json_error(401, R"({"message":"no"})")}),
                    [](OpenAiOptions& options) { options.breaker.outages_to_open = 1; });
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(world.complete().error().code(), LlmError::kWrongKey);
  }
}

TEST(OpenAiClient, ListsModels) {
  ClientWorld world(in_turn({http_response(200, R"({"data":[{"id":"a"},{"id":"b"},{}]})"),
                             json_error(401, R"({"message":"sk-operators-own-key is bad"})")}));
  const auto ask = [&world] {
    auto future = asio::co_spawn(
        world.context, world.client->models(std::chrono::steady_clock::now() + 5s, nullptr),
        asio::use_future);
    world.run();
    return future.get();
  };
  const auto models = ask();
  ASSERT_TRUE(models);
  EXPECT_EQ(*models, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(world.origin.requests().at(0).target, "/v1/models");
  const auto refused = ask();
  EXPECT_EQ(refused.error().code(), LlmError::kWrongKey);
  EXPECT_EQ(refused.error().private_cause().find("sk-op"), std::string::npos);
}

TEST(OpenAiClient, NeedsAUsableBaseUrl) {
  asio::io_context context;
  OpenAiOptions options;
  options.base_url = "ftp://models";
  OpenAiParts parts;
  parts.metrics = std::make_shared<observe::Metrics>();
  EXPECT_FALSE(make_openai_client(context.get_executor(), options, parts));
}

}  // namespace
}  // namespace graphrail::llm
