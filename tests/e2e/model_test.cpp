// `graphrail serve` over `graphrail mock-llm`: every way a model server can fail, as a client of
// the API meets it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <memory>

#include "e2e/running.h"
#include "support/http_client.h"
#include "support/raw_client.h"

namespace graphrail::e2e {
namespace {

namespace json = boost::json;
using testing::HasSubstr;
using testing::Not;

const std::string kBody =
    R"({"input":"Tidewise raised $12 million in a Series A round led by Northlight Ventures, with )"
    R"(participation from Alder Capital. The round was announced on Tuesday in Rotterdam."})";
constexpr std::string_view kKey = "sk-test-0123456789";

struct Row {
  std::string name;
  /// For the mock server.
  std::string fault;
  /// Empty for a whole graph, else the reason of the problem.
  std::string reason = {};
  int status = 503;
  std::string key = std::string(kKey);
  std::string form = "strict_schema";
};

void PrintTo(const Row& row, std::ostream* out) { *out << row.name; }

/// One mock server for all rows.
class ModelFaults : public testing::TestWithParam<Row> {
 protected:
  static void SetUpTestSuite() {
    mock_ =
        std::make_unique<Running>(std::vector<std::string>{"mock-llm"}, std::vector<std::string>{});
    sound_graph_ = json::serialize(json::parse(send("", std::string(kKey)).body).at("graph"));
  }
  static void TearDownTestSuite() { mock_.reset(); }

  static test::HttpReply send(const std::string& fault, const std::string& key) {
    // Only what hangs is to wait for the end of its time.
    const std::string timeout = fault == "hang" ? "2" : "15";
    const std::string model = fault.empty() ? "sound" : "mock+" + fault;
    Running server({"serve"}, {"OPENAI_BASE_URL=" + mock_->url("/v1"), "OPENAI_API_KEY=" + key,
                               "OPENAI_MODEL=" + model, "MODEL_TIMEOUT_SECONDS=" + timeout,
                               "MODEL_STALL_SECONDS=5"});
    test::HttpReply reply = test::send(server.port(), "POST", "/api/generate",
                                       {{"Content-Type", "application/json"}}, kBody);
    server.process().send_signal(SIGTERM);
    const Outcome outcome = server.process().wait();
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_THAT(outcome.err, Not(HasSubstr(key)));
    EXPECT_THAT(reply.body, Not(HasSubstr(key)));
    return reply;
  }
  static std::unique_ptr<Running> mock_;
  static std::string sound_graph_;
};

std::unique_ptr<Running> ModelFaults::mock_;
std::string ModelFaults::sound_graph_;

TEST_P(ModelFaults, HasItsTypedAnswerInTime) {
  const Row& row = GetParam();
  const auto started = std::chrono::steady_clock::now();
  const test::HttpReply reply = send(row.fault, row.key);
  EXPECT_LT(std::chrono::steady_clock::now() - started, std::chrono::seconds(40));
  const json::value answer = json::parse(reply.body);
  if (row.reason.empty()) {
    ASSERT_EQ(reply.status, 200) << reply.body;
    EXPECT_EQ(json::serialize(answer.at("graph")), sound_graph_);
    EXPECT_EQ(answer.at("meta").at("answer_form").as_string(), row.form);
    EXPECT_EQ(answer.at("meta").at("truncated"), false);
    EXPECT_GT(answer.at("meta").at("token_count").to_number<int>(), 0);
    return;
  }
  ASSERT_EQ(reply.status, row.status) << reply.body;
  EXPECT_EQ(answer.at("reason").as_string(), row.reason);
  EXPECT_EQ(reply.has("Retry-After"), row.status == 503);
  EXPECT_THAT(reply.body, Not(HasSubstr("127.0.0.1")));
}

TEST_F(ModelFaults, AFilterInTheMiddleLeavesWhatWasWritten) {
  const test::HttpReply reply = send("filter", std::string(kKey));
  ASSERT_EQ(reply.status, 200) << reply.body;
  const json::value answer = json::parse(reply.body);
  EXPECT_EQ(answer.at("meta").at("truncated"), true);
  EXPECT_EQ(answer.at("meta").at("coverage").at("failed_chunks"), 1);
  EXPECT_THAT(reply.body, HasSubstr("content filter"));
}

INSTANTIATE_TEST_SUITE_P(
    Recovered, ModelFaults,
    testing::Values(
        Row{"none", ""}, Row{"rate_limit_then_fine", "status=429;retry-after-ms=20;times=1"},
        Row{"rate_limit_in_seconds", "status=429;retry-after=1;times=1"},
        Row{"server_error_then_fine", "status=500;times=1"},
        Row{"cut_then_fine", "cut=420;times=1"}, Row{"length_then_fine", "length=420;times=1"},
        Row{"error_in_the_stream", "error=stream;times=1"},
        Row{"error_in_a_200_once", "error=200;times=1"},
        Row{.name = "not_json_once", .fault = "json=wrong;times=1", .form = "json_object"},
        Row{.name = "other_schema_once", .fault = "schema=wrong;times=1", .form = "json_object"},
        Row{"slow_drip", "drip=1"}, Row{"late", "delay=100"}, Row{"thinking_and_fences", "think"},
        Row{"whole_instead_of_stream", "no-stream"}, Row{"no_usage", "no-usage"},
        Row{.name = "no_schema", .fault = "no-schema", .form = "json_object"}),
    [](const auto& info) { return info.param.name; });

INSTANTIATE_TEST_SUITE_P(
    Refused, ModelFaults,
    testing::Values(
        Row{.name = "wrong_key", .fault = "", .reason = "model_key_refused", .key = "sk-bad-0123"},
        Row{.name = "no_money",
            .fault = "",
            .reason = "model_quota_exhausted",
            .key = "sk-broke-0123"},
        Row{"rate_limit", "status=429;retry-after-ms=10", "model_rate_limited"},
        Row{"away", "status=503;retry-after-ms=10", "model_unavailable"},
        Row{"error_in_a_200", "error=200", "model_unavailable"},
        Row{"html_page", "html", "model_malformed_answer"},
        Row{"not_json", "json=wrong", "model_malformed_answer"},
        Row{"other_schema", "schema=wrong", "model_malformed_answer"},
        Row{"fifty_megabytes", "big=50", "model_malformed_answer"},
        Row{"hangs", "hang", "model_timeout"}, Row{"refusal", "refusal", "model_refused", 400}),
    [](const auto& info) { return info.param.name; });

TEST(Model, AServerThatIsNotThereIsSaid) {
  Running server({"serve"}, {"OPENAI_BASE_URL=http://127.0.0.1:1/v1", "MODEL_TIMEOUT_SECONDS=2"});
  const test::HttpReply reply = test::send(server.port(), "POST", "/api/generate",
                                           {{"Content-Type", "application/json"}}, kBody);
  EXPECT_EQ(reply.status, 503);
  EXPECT_THAT(reply.body, HasSubstr("\"model_unavailable\""));
}

TEST(Model, AClientThatLeavesEndsTheCallUpstream) {
  Running mock({"mock-llm", "--fault", "drip=60"}, {});
  Running server({"serve"}, {"OPENAI_BASE_URL=" + mock.url("/v1"), "OPENAI_API_KEY=sk-x"});
  test::RawClient client(server.port());
  client.send(test::make_post("/api/generate", kBody,
                              "Content-Type: application/json\r\nAccept: text/event-stream\r\n"));
  const std::string seen = client.read_until("event: node");
  EXPECT_THAT(seen, HasSubstr("event: node"));
  EXPECT_THAT(seen, Not(HasSubstr("event: done")));
  client.close();
  // The mock's own log says that its client, which is this server, went before the end.
  EXPECT_THAT(mock.process().wait_for_line("/chat/completions"), HasSubstr("\"client_gone\":true"));
}

TEST(Model, TheRulesEngineStaysWithinReach) {
  Running server({"serve"}, {"OPENAI_BASE_URL=http://127.0.0.1:1/v1"});
  std::string body = kBody;
  body.insert(1, R"("engine":"rules",)");
  const test::HttpReply reply = test::send(server.port(), "POST", "/api/generate",
                                           {{"Content-Type", "application/json"}}, body);
  EXPECT_EQ(reply.status, 200);
  EXPECT_THAT(reply.body, HasSubstr("\"engine\":\"rules\""));
}

TEST(Model, TheCommandLineAsksItToo) {
  Running mock({"mock-llm"}, {});
  const Outcome outcome =
      run({.arguments = {"generate", "-", "--engine", "llm", "--schema", "general"},
           .standard_input = std::string(json::parse(kBody).at("input").as_string()),
           .environment = {"OPENAI_BASE_URL=" + mock.url("/v1"), "OPENAI_API_KEY=sk-x"}});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("\"schema\":\"general\""));
  EXPECT_THAT(outcome.out, HasSubstr("\"Organization\""));
}

}  // namespace
}  // namespace graphrail::e2e
