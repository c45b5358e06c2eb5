// The mock server over loopback, with a client that shares no code with it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>

#include "app/compose_mock_llm.h"
#include "app/mock_llm/fault.h"
#include "support/http_client.h"
#include "support/raw_client.h"

namespace graphrail::app {
namespace {

namespace json = boost::json;
using test::Headers;
using test::HttpReply;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string kMessages =
    R"("messages":[{"role":"user","content":"Tidewater Labs raised $12 million in a Series A )"
    R"(round led by Northlight Ventures, said founder Zoë Lindqvist."}],)"
    R"("response_format":{"type":"json_object"})";
const Headers kKey = {{"Authorization", "Bearer sk-test"}};

std::string body_with(const std::string& members, const std::string& model = "mock") {
  std::string messages = kMessages;
  messages.replace(messages.find("Tidewater"), 0, "As json: ");
  return R"({"model":")" + model + "\"," + members + messages + "}";
}

class MockServer {
 public:
  explicit MockServer(MockLlmCommand command = {}) {
    command.port = 0;
    config::Settings settings;
    settings.io_threads = 2;
    settings.worker_threads = 2;
    settings.work_queue = 64;
    settings.max_connections = 64;
    auto service = compose_mock_llm(command, settings);
    if (!service) throw std::runtime_error("MockServer: " + service.error().private_cause());
    service_ = std::move(*service);
    service_.server->start();
  }
  ~MockServer() {
    service_.server->stop(std::chrono::seconds(5));
    service_.pool->stop();
  }
  MockServer(const MockServer&) = delete;
  MockServer& operator=(const MockServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return service_.server->port(); }
  [[nodiscard]] HttpReply get(std::string_view target, const Headers& headers = kKey) const {
    return test::send(port(), "GET", target, headers);
  }
  [[nodiscard]] HttpReply ask(const std::string& body, const Headers& headers = kKey) const {
    return test::send(port(), "POST", "/v1/chat/completions", headers, body);
  }
  /// With a fault of the request's own.
  [[nodiscard]] HttpReply fail(const std::string& fault, const std::string& members = "") const {
    return ask(body_with(members), {kKey.front(), {"X-Mock-Fault", fault}});
  }

 private:
  MockLlmService service_;
};

/// One server for all tests that change nothing in it.
class MockLlm : public testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = std::make_unique<MockServer>(); }
  static void TearDownTestSuite() { server_.reset(); }
  static std::unique_ptr<MockServer> server_;
};
std::unique_ptr<MockServer> MockLlm::server_;

json::value parse(const HttpReply& reply) { return json::parse(reply.body); }

std::string code_of(const HttpReply& reply) {
  const json::value code = parse(reply).at("error").at("code");
  return code.is_string() ? std::string(code.as_string()) : "null";
}

std::string content_of(const HttpReply& reply) {
  return std::string(parse(reply).at("choices").at(0).at("message").at("content").as_string());
}

std::vector<std::string> events_of(const HttpReply& reply) {
  std::vector<std::string> events;
  std::string_view rest = reply.body;
  for (std::size_t end = rest.find("\n\n"); end != std::string_view::npos;
       end = rest.find("\n\n")) {
    EXPECT_TRUE(rest.starts_with("data: ")) << rest.substr(0, 40);
    events.emplace_back(rest.substr(6, end - 6));
    rest.remove_prefix(end + 2);
  }
  EXPECT_EQ(rest, "");
  return events;
}

/// The pieces of content of the events that have some.
std::string join_content(const std::vector<std::string>& events) {
  std::string content;
  for (const std::string& event : events) {
    if (event == "[DONE]") continue;
    const json::value chunk = json::parse(event);
    if (chunk.as_object().contains("error") || chunk.at("choices").as_array().empty()) continue;
    const json::object& delta = chunk.at("choices").at(0).at("delta").as_object();
    if (const json::value* piece = delta.if_contains("content")) content += piece->as_string();
  }
  return content;
}

TEST_F(MockLlm, AnswersWhole) {
  const HttpReply reply = server_->ask(body_with(""));
  ASSERT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("Content-Type"), "application/json");
  const json::value body = parse(reply);
  EXPECT_EQ(body.at("object").as_string(), "chat.completion");
  EXPECT_THAT(std::string(body.at("id").as_string()), StartsWith("chatcmpl-"));
  EXPECT_EQ(body.at("model").as_string(), "mock");
  EXPECT_EQ(body.at("choices").at(0).at("finish_reason").as_string(), "stop");
  EXPECT_TRUE(json::parse(content_of(reply)).at("nodes").is_array());
  const json::value& usage = body.at("usage");
  EXPECT_EQ(usage.at("total_tokens").as_int64(),
            usage.at("prompt_tokens").as_int64() + usage.at("completion_tokens").as_int64());
}

TEST_F(MockLlm, StreamsTheSameContentInSmallPieces) {
  const std::string whole = content_of(server_->ask(body_with("")));
  const HttpReply reply =
      server_->ask(body_with(R"("stream":true,"stream_options":{"include_usage":true},)"));
  ASSERT_EQ(reply.status, 200);
  EXPECT_THAT(std::string(reply.header("Content-Type")), StartsWith("text/event-stream"));
  const std::vector<std::string> events = events_of(reply);
  EXPECT_EQ(join_content(events), whole);
  EXPECT_GE(events.size(), whole.size() / 24 + 4);
  EXPECT_EQ(events.back(), "[DONE]");
  const json::value first = json::parse(events.front());
  EXPECT_EQ(first.at("choices").at(0).at("delta").at("role").as_string(), "assistant");
  const json::value usage = json::parse(events[events.size() - 2]);
  EXPECT_TRUE(usage.at("choices").as_array().empty());
  EXPECT_GT(usage.at("usage").at("total_tokens").as_int64(), 0);
  EXPECT_EQ(json::parse(events[events.size() - 3]).at("choices").at(0).at("finish_reason"),
            json::value("stop"));
  for (std::size_t i = 0; i + 1 < events.size(); ++i) {
    EXPECT_EQ(json::parse(events[i]).at("id"), first.at("id"));
  }
  EXPECT_THAT(server_->ask(body_with(R"("stream":true,)")).body, Not(HasSubstr("\"usage\"")));
}

TEST_F(MockLlm, ListsModelsOnEveryPath) {
  for (const std::string path : {"/v1/models", "/models", "/openai/models?api-version=1"}) {
    const json::value list = parse(server_->get(path));
    EXPECT_EQ(list.at("object").as_string(), "list");
    EXPECT_EQ(list.at("data").at(0).at("object").as_string(), "model");
  }
  EXPECT_EQ(parse(server_->get("/v1/models/mine")).at("id").as_string(), "mine");
}

TEST_F(MockLlm, IsAlsoADeployment) {
  const std::string target = "/openai/deployments/mine/chat/completions?api-version=2024-10-21";
  const Headers key = {{"api-key", "k"}};
  const std::string body = "{\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}";
  const HttpReply reply = test::send(server_->port(), "POST", target, key, body);
  ASSERT_EQ(reply.status, 200);
  const std::vector<std::string> events = events_of(reply);
  EXPECT_THAT(events.front(), AllOf(HasSubstr("\"choices\":[]"), HasSubstr("filter_results")));
  EXPECT_EQ(json::parse(events[1]).at("model").as_string(), "mine");
  EXPECT_EQ(test::send(server_->port(), "POST", target, {}, body).status, 401);
}

TEST_F(MockLlm, RefusesInTheFormOfTheApi) {
  EXPECT_EQ(server_->ask(body_with(""), {}).status, 401);
  EXPECT_EQ(code_of(server_->get("/v1/models", {{"api-key", "sk-bad"}})), "invalid_api_key");
  EXPECT_EQ(code_of(server_->ask("{", {{"Authorization", "Bearer sk-broke"}})),
            "insufficient_quota");
  EXPECT_EQ(server_->ask("{").status, 400);
  const HttpReply unknown = server_->get("/v1/nothing");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(code_of(unknown), "unknown_url");
  const HttpReply wrong = server_->get("/v1/chat/completions");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_THAT(std::string(wrong.header("Allow")), HasSubstr("POST"));
}

TEST_F(MockLlm, FailsWithAStatusAndHints) {
  const HttpReply reply = server_->fail("status=429,retry-after=7,retry-after-ms=50");
  EXPECT_EQ(reply.status, 429);
  EXPECT_EQ(reply.header("Retry-After"), "7");
  EXPECT_EQ(reply.header("retry-after-ms"), "50");
  EXPECT_EQ(code_of(reply), "rate_limit_exceeded");
  for (const int status : {400, 401, 403, 404, 408, 418, 500, 502, 503, 529}) {
    EXPECT_EQ(server_->fail("status=" + std::to_string(status)).status, status);
  }
  EXPECT_EQ(server_->ask(body_with("", "mock+status=502")).status, 502);
  const HttpReply bad = server_->fail("explode");
  EXPECT_EQ(bad.status, 400);
  EXPECT_EQ(code_of(bad), "invalid_fault");
}

TEST_F(MockLlm, FailsAFewTimesOnly) {
  EXPECT_EQ(server_->fail("status=500;times=2").status, 500);
  EXPECT_EQ(server_->fail("status=500;times=2").status, 500);
  EXPECT_EQ(server_->fail("status=500;times=2").status, 200);
}

TEST_F(MockLlm, FailsInsideA200) {
  const HttpReply page = server_->fail("html");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.header("Content-Type"), "text/html");
  EXPECT_EQ(server_->fail("html,status=502").status, 502);
  EXPECT_TRUE(parse(server_->fail("error=200")).as_object().contains("error"));
  EXPECT_TRUE(parse(server_->fail("error=stream")).as_object().contains("error"));
  const std::string whole = content_of(server_->ask(body_with("")));
  const std::vector<std::string> events =
      events_of(server_->fail("error=stream", "\"stream\":true,"));
  EXPECT_TRUE(json::parse(events.back()).as_object().contains("error"));
  EXPECT_EQ(join_content(events).size(), whole.size() / 2);
  EXPECT_EQ(server_->fail("no-stream", "\"stream\":true,").header("Content-Type"),
            "application/json");
  EXPECT_THAT(server_->fail("no-usage").body, Not(HasSubstr("\"usage\"")));
  EXPECT_THAT(
      server_->fail("no-usage", R"("stream":true,"stream_options":{"include_usage":true},)").body,
      Not(HasSubstr("\"usage\"")));
}

TEST_F(MockLlm, RefusesASchemaOnRequest) {
  std::string body = body_with("");
  const std::string format = R"({"type":"json_object"})";
  body.replace(body.find(format), format.size(),
               R"({"type":"json_schema","json_schema":{"name":"a","schema":{"const":1}}})");
  EXPECT_EQ(content_of(server_->ask(body)), "1");
  const HttpReply reply = server_->ask(body, {kKey.front(), {"X-Mock-Fault", "no-schema"}});
  EXPECT_EQ(reply.status, 400);
  EXPECT_EQ(parse(reply).at("error").at("param").as_string(), "response_format");
  EXPECT_EQ(server_->fail("no-schema").status, 200) << "json_object is another form";
}

TEST_F(MockLlm, SpeaksARefusalPieceByPiece) {
  const HttpReply reply = server_->fail("refusal", "\"stream\":true,");
  EXPECT_THAT(reply.body, HasSubstr(R"("delta":{"refusal":")"));
  EXPECT_EQ(join_content(events_of(reply)), "");
  EXPECT_TRUE(
      parse(server_->fail("refusal")).at("choices").at(0).at("message").at("content").is_null());
}

std::string request_with(const std::string& fault, const std::string& body) {
  return "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer k\r\n"
         "X-Mock-Fault: " +
         fault + "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

TEST_F(MockLlm, CutsTheConnectionInsideTheContent) {
  for (const std::string members : {"", "\"stream\":true,"}) {
    test::RawClient client(server_->port());
    client.send(request_with("cut=100", body_with(members)));
    const auto reply = client.read_response();
    ASSERT_TRUE(reply.has_value());
    EXPECT_EQ(reply->status, 200);
    EXPECT_FALSE(reply->is_whole) << members;
    EXPECT_THAT(reply->body, AllOf(HasSubstr("tidewat"), Not(HasSubstr("finish_reason\":\"")),
                                   Not(HasSubstr("[DONE]"))));
    EXPECT_TRUE(client.has_ended_within(std::chrono::seconds(10)));
  }
}

TEST_F(MockLlm, HangsUntilTheClientLeaves) {
  {
    test::RawClient client(server_->port());
    client.send(request_with("hang", body_with("")));
    EXPECT_FALSE(client.has_answer_within(std::chrono::milliseconds(100)));
  }
  EXPECT_EQ(server_->ask(body_with("")).status, 200) << "the server lives on";
}

TEST_F(MockLlm, DripsOverTime) {
  const auto start = std::chrono::steady_clock::now();
  const HttpReply reply = server_->fail("drip=3,delay=20", "\"stream\":true,");
  const auto events = events_of(reply);
  // The last event goes out before its pause, and stands together with the finish and [DONE].
  const auto pauses = static_cast<std::int64_t>(events.size()) - 4;
  EXPECT_GT(pauses, 10);
  EXPECT_GE(std::chrono::steady_clock::now() - start, std::chrono::milliseconds(20 + 3 * pauses));
}

TEST_F(MockLlm, AnswersWithMegabytes) {
  constexpr std::size_t kMegabyte = 1024 * 1024;
  const std::string whole = content_of(server_->fail("big=2"));
  EXPECT_EQ(json::parse(whole).at("filler").as_string().size(), 2 * kMegabyte);
  const std::string joined = join_content(events_of(server_->fail("big=2", "\"stream\":true,")));
  EXPECT_EQ(joined, whole);
}

TEST(MockLlmFlags, HoldForEveryChatButNotForModels) {
  MockLlmCommand command;
  command.fault = "status=503,times=1";
  command.key = "sk-only";
  const MockServer server(command);
  const Headers key = {{"Authorization", "Bearer sk-only"}};
  EXPECT_EQ(server.get("/v1/models", key).status, 200);
  EXPECT_EQ(server.get("/v1/models").status, 401);
  EXPECT_EQ(server.ask(body_with(""), key).status, 503);
  EXPECT_EQ(server.ask(body_with(""), key).status, 200);
  EXPECT_EQ(server.get("/v1/models", {key.front(), {"X-Mock-Fault", "status=500"}}).status, 500);
}

TEST(MockLlmFlags, NoKeyNeeded) {
  MockLlmCommand command;
  command.no_key_needed = true;
  const MockServer server(command);
  EXPECT_EQ(server.ask(body_with(""), {}).status, 200);
  EXPECT_EQ(server.get("/v1/models", {}).status, 200);
}

TEST(MockLlmFlags, ATakenPortIsAnError) {
  const MockServer server;
  MockLlmCommand command;
  command.port = server.port();
  EXPECT_FALSE(compose_mock_llm(command, {}));
}

}  // namespace
}  // namespace graphrail::app
