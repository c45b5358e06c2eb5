// What every path shares: methods, unknown paths, ids, compression, limits, requests cut short.
#include <chrono>
#include <memory>
#include <string>

#include "api/scenario.h"
#include "support/server/broken_parts.h"

namespace graphrail::test {
namespace {

constexpr std::size_t kBodyLimit = 1024 * 1024;

Scenario asked(std::string name, std::string method, std::string target, int status,
               Headers expected_headers = {}, std::vector<std::string> contains = {}) {
  Scenario scenario;
  scenario.name = std::move(name);
  scenario.method = std::move(method);
  scenario.target = std::move(target);
  scenario.expected_status = status;
  scenario.expected_headers = std::move(expected_headers);
  scenario.contains = std::move(contains);
  return scenario;
}

class Protocol : public ScenarioTest {};
TEST_P(Protocol, Answers) { expect_scenario(*server_, GetParam()); }

const std::vector<std::string> kNotFound{R"("error":"not_found")"};
const std::vector<std::string> kNotAllowed{R"("error":"method_not_allowed")"};

INSTANTIATE_TEST_SUITE_P(
    Paths, Protocol,
    testing::Values(
        asked("unknown", "GET", "/nothing", 404, {}, kNotFound),
        asked("unknown_api", "POST", "/api/nothing", 404, {}, kNotFound),
        asked("case_matters", "GET", "/API/usage", 404, {}, kNotFound),
        asked("trailing_slash", "GET", "/api/usage/", 404, {}, kNotFound),
        asked("echoes_no_path", "GET", "/%3Cscript%3Ealert(1)%3C/script%3E", 404, {}, kNotFound),
        asked("dot_segments", "GET", "/../../etc/passwd", 400, {},
              {R"("error":"invalid_request")"}),
        asked("hidden_dot_segments", "GET", "/api/generate/session/..%2F..%2Fetc", 400, {},
              {R"("error":"invalid_request")"}),
        asked("nul", "GET", "/a%00b", 400, {}, {R"("error":"invalid_request")"}),
        asked("broken_escape", "GET", "/a%zz", 400, {}, {R"("error":"invalid_request")"})),
    scenario_name);

INSTANTIATE_TEST_SUITE_P(
    Methods, Protocol,
    testing::Values(asked("get_generate", "GET", "/api/generate", 405, {{"Allow", "POST, OPTIONS"}},
                          kNotAllowed),
                    asked("put_generate", "PUT", "/api/generate", 405, {}, kNotAllowed),
                    asked("post_usage", "POST", "/api/usage", 405,
                          {{"Allow", "GET, HEAD, OPTIONS"}}, kNotAllowed),
                    asked("delete_health", "DELETE", "/health", 405, {}, kNotAllowed),
                    asked("made_up", "BREW", "/api/usage", 405, {}, kNotAllowed),
                    asked("options", "OPTIONS", "/api/generate", 204, {{"Allow", "POST, OPTIONS"}}),
                    asked("options_unknown", "OPTIONS", "/nothing", 404),
                    asked("head", "HEAD", "/api/usage", 200,
                          {{"Content-Type", "application/json"}, {"Content-Length", "74"}}),
                    asked("head_unknown", "HEAD", "/nothing", 404),
                    asked("root", "GET", "/", 302, {{"Location", "/docs"}})),
    scenario_name);

TEST(RequestIds, AreTakenWhenWellFormedAndMadeOtherwise) {
  const TestServer server;
  EXPECT_EQ(server.get("/api/usage", {{"X-Request-Id", "Job_7.a-b"}}).header("X-Request-Id"),
            "Job_7.a-b");
  for (const std::string& bad : {std::string("a b"), std::string("<x>"), std::string(129, 'a')}) {
    const HttpReply reply = server.get("/api/usage", {{"X-Request-Id", bad}});
    EXPECT_NE(reply.header("X-Request-Id"), bad);
    EXPECT_EQ(reply.header("X-Request-Id").size(), 32u);
  }
  const HttpReply refusal = server.send("GET", "/nothing", {{"X-Request-Id", "my-id"}});
  EXPECT_NE(refusal.body.find(R"("request_id":"my-id")"), std::string::npos);
}

TEST(Compression, IsUsedForLargeBodiesWhereAccepted) {
  const TestServer server;
  const HttpReply plain = server.get("/metrics");
  ASSERT_GT(plain.body.size(), 1024u);
  EXPECT_FALSE(plain.has("Content-Encoding"));
  const HttpReply packed = server.get("/metrics", {{"Accept-Encoding", "gzip"}});
  EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
  EXPECT_NE(gunzip(packed.body).find("graphrail_"), std::string::npos);
  const HttpReply small = server.get("/api/usage", {{"Accept-Encoding", "gzip"}});
  EXPECT_FALSE(small.has("Content-Encoding"));
}

TEST(Limits, ABodyOfOneByteTooMuchIsRefused) {
  const TestServer server;
  const HttpReply refused = server.generate(std::string(kBodyLimit + 1, ' '));
  EXPECT_EQ(refused.status, 413);
  EXPECT_NE(refused.body.find(R"("error":"payload_too_large")"), std::string::npos);
  expect_sound_answer(server, refused);
  // One byte less is read, and found to be blank.
  EXPECT_EQ(server.generate(std::string(kBodyLimit, ' ')).status, 400);
}

TEST(Limits, AnAnnouncedBodyIsRefusedBeforeItIsSent) {
  const TestServer server;
  HttpClient client(server.port());
  client.write(
      "POST /api/generate HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
      "Content-Length: 999999999999\r\n\r\n");
  EXPECT_EQ(client.read().status, 413);
}

TEST(Limits, AChunkedBodyIsCountedWhileItArrives) {
  const TestServer server;
  HttpClient client(server.port());
  client.write(
      "POST /api/generate HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
      "Transfer-Encoding: chunked\r\n\r\n");
  const std::string chunk = "10000\r\n" + std::string(0x10000, ' ') + "\r\n";
  for (int i = 0; i < 17; ++i) {
    if (!client.write(chunk)) break;
  }
  EXPECT_EQ(client.read().status, 413);
}

TEST(Limits, HugeHeadersAreRefused) {
  const TestServer server;
  const HttpReply one = server.get("/api/usage", {{"X-Long", std::string(64 * 1024, 'a')}});
  EXPECT_EQ(one.status, 431);
  EXPECT_NE(one.body.find(R"("error":"header_too_large")"), std::string::npos) << one.body;
  expect_sound_answer(server, one);
  Headers many;
  for (int i = 0; i < 2'000; ++i) many.emplace_back("X-" + std::to_string(i), "value");
  EXPECT_EQ(server.get("/api/usage", many).status, 431);
  EXPECT_EQ(server.get("/" + std::string(64 * 1024, 'a')).status, 431);
}

TEST(HalfRequests, GetNoAnswerOrARefusalButNeverAGraph) {
  const TestServer server;
  for (const std::string request :
       {"P", "POST /api/gen", "POST /api/generate HTTP/1.1\r\nHost: a\r\n",
        "POST /api/generate HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
        "Content-Length: 500\r\n\r\n{\"input\":"}) {
    HttpClient client(server.port());
    ASSERT_TRUE(client.write(request));
    client.finish_writing();
    const HttpReply reply = client.read();
    EXPECT_TRUE(reply.status == 0 || (reply.status >= 400 && reply.status < 500)) << request;
    EXPECT_TRUE(client.is_at_end());
  }
  EXPECT_EQ(server.get("/livez").status, 200) << "the server lives on";
}

TEST(HalfRequests, EndAtTheirTimeLimit) {
  TestServerOptions options;
  options.server.header_timeout = std::chrono::milliseconds(150);
  options.server.body_timeout = std::chrono::milliseconds(150);
  const TestServer server(std::move(options));
  for (const std::string request :
       {"GET /api/usage HTTP/1.1\r\nHost:",
        "POST /api/generate HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{"}) {
    HttpClient client(server.port());
    ASSERT_TRUE(client.write(request));
    const HttpReply reply = client.read();
    EXPECT_TRUE(reply.status == 408 || reply.status == 0) << reply.status;
    EXPECT_TRUE(client.is_at_end());
  }
}

TEST(Connections, ServeSeveralRequestsAlsoAfterARefusal) {
  const TestServer server;
  HttpClient client(server.port());
  EXPECT_EQ(client.send("GET", "/api/usage").status, 200);
  EXPECT_EQ(
      client.send("POST", "/api/generate", {{"Content-Type", "application/json"}}, "{").status,
      400);
  EXPECT_EQ(client.send("HEAD", "/docs").status, 200);
  EXPECT_EQ(client.send("GET", "/nothing").status, 404);
  EXPECT_EQ(client.send("GET", "/livez").status, 200);
}

TEST(Defects, BecomeA500ThatTellsNothing) {
  TestServerOptions options;
  options.extractor = std::make_shared<ThrowingExtractor>();
  const TestServer server(std::move(options));
  const HttpReply reply = server.generate(kAnnouncementBody);
  EXPECT_EQ(reply.status, 500);
  EXPECT_NE(reply.body.find(R"("error":"internal_error")"), std::string::npos) << reply.body;
  EXPECT_EQ(reply.body.find("disk"), std::string::npos) << reply.body;
  expect_sound_answer(server, reply);
}

TEST(Defects, AnUnknownErrorCodeTellsNothingEither) {
  TestServerOptions options;
  options.extractor = std::make_shared<FailingExtractor>(
      core::Error(std::make_error_code(std::errc::io_error), {kPrivateCause}, {kPrivateCause}));
  const TestServer server(std::move(options));
  const HttpReply reply = server.generate(kAnnouncementBody);
  EXPECT_EQ(reply.status, 500);
  expect_sound_answer(server, reply);
}

}  // namespace
}  // namespace graphrail::test
