// The generic middlewares as a client sees them: ids, problems, guards, compression, metrics, log.
#include "http/middlewares.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include "server_fixture.h"

namespace graphrail::http {
namespace {

TEST(RequestIds, AreTakenFromTheClientWhenWellFormed) {
  const TestServer server;
  EXPECT_EQ(server.ask(make_get("/echo", "X-Request-Id: abc.DEF_1-2\r\n")).header("X-Request-Id"),
            "abc.DEF_1-2");
  const std::string made =
      server.ask(make_get("/echo", "X-Request-Id: <script>\r\n")).header("X-Request-Id");
  EXPECT_EQ(made.size(), 32U);
  EXPECT_NE(server.ask(make_get("/echo")).header("X-Request-Id"), made);
}

TEST(RequestIds, AreEchoedByRefusals) {
  const TestServer server;
  const RawResponse refused =
      server.ask("GET /echo HTTP/1.1\r\nX-Request-Id: mine\r\nHost: a\r\nHost: b\r\n\r\n");
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.header("X-Request-Id"), "mine");
}

TEST(ErrorBarrier, AnswersAProblemWithoutTheCause) {
  const TestServer server;
  RawClient client = server.connect();
  client.send(make_get("/throw", "X-Request-Id: r1\r\n") + make_get("/echo"));
  const auto response = client.read_response();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 500);
  EXPECT_NE(response->body.find(R"("error":"internal_error")"), std::string::npos);
  EXPECT_NE(response->body.find(R"("request_id":"r1")"), std::string::npos);
  EXPECT_EQ(response->body.find("secret cause"), std::string::npos);
  EXPECT_EQ(client.read_response().value_or(RawResponse{}).status, 200);
}

TEST(ErrorBarrier, TellsTheReporter) {
  struct Recorder final : observe::ErrorReporter {
    void report(const observe::ErrorReport& report) noexcept override {
      seen = std::string(report.where) + "|" + std::string(report.cause) + "|" +
             std::string(report.request_id);
    }
    std::string seen;
  };
  const auto recorder = std::make_shared<Recorder>();
  const Handler handler = apply_middlewares({make_error_barrier_middleware(recorder)}, throw_error);
  const auto request = std::make_shared<Request>();
  request->path = "/path";
  request->request_id = "id";
  EXPECT_EQ(run_handler(handler, request).status, 500);
  EXPECT_EQ(recorder->seen, "/path|secret cause|id");
}

TEST(Server, SurvivesAHandlerThatThrowsPastEveryBarrier) {
  ServerOptions options;
  options.port = 0;
  const auto server =
      make_server(options, throw_error, make_parts(std::make_shared<observe::Metrics>()));
  ASSERT_TRUE(server);
  (*server)->start();
  RawClient client((*server)->port());
  for (int i = 0; i < 2; ++i) {
    client.send(make_get("/"));
    EXPECT_EQ(client.read_response().value_or(RawResponse{}).status, 500);
  }
}

boost::asio::awaitable<Response> answer_with_own_policy(std::shared_ptr<Request>) {
  Response response = make_response(200, "text/html", "<p>");
  response.headers.set("content-security-policy", "default-src 'none'");
  co_return response;
}

TEST(SecurityHeaders, AreOnEveryAnswerAndARouteMayHaveItsOwn) {
  const TestServer server({{Method::kGet, "/docs", answer_with_own_policy}});
  const RawResponse common = server.ask(make_get("/nothing"));
  EXPECT_TRUE(common.header("Content-Security-Policy").starts_with("default-src 'self'"));
  EXPECT_EQ(common.header("X-Content-Type-Options"), "nosniff");
  EXPECT_EQ(common.header("Referrer-Policy"), "no-referrer");
  EXPECT_EQ(common.header("Cross-Origin-Opener-Policy"), "same-origin");
  const RawResponse docs = server.ask(make_get("/docs"));
  int policies = 0;
  for (const auto& [name, value] : docs.headers) {
    if (equal_field_names(name, "Content-Security-Policy")) ++policies;
  }
  EXPECT_EQ(policies, 1);
  EXPECT_EQ(docs.header("Content-Security-Policy"), "default-src 'none'");
  EXPECT_EQ(docs.header("X-Content-Type-Options"), "nosniff");
}

TEST(Metrics, CountByRouteTemplateOnly) {
  const TestServer server({{Method::kGet, "/session/{id}", echo}});
  for (const char* path : {"/session/1", "/session/2", "/no/1", "/no/2"}) {
    ASSERT_NE(server.ask(make_get(path)).status, 0);
  }
  const std::string text = server.metrics->serialize();
  const auto has = [&](std::string_view line) { return text.find(line) != std::string::npos; };
  EXPECT_TRUE(
      has(R"(graphrail_http_requests_total{code="200",method="GET",route="/session/{id}"} 2)"));
  EXPECT_TRUE(has(R"(graphrail_http_requests_total{code="404",method="GET",route="unmatched"} 2)"));
  EXPECT_TRUE(has(R"(graphrail_http_request_duration_seconds_count{route="/session/{id}"} 2)"));
  EXPECT_TRUE(has("graphrail_http_requests_in_flight 0"));
  EXPECT_TRUE(has(R"(graphrail_http_accepted_connections_total{outcome="served"} 4)"));
  EXPECT_FALSE(has("/session/1"));
}

TEST(AccessLog, WritesOneLineAfterAStreamHasEnded) {
  const StreamProducer producer = [](std::shared_ptr<StreamWriter> writer) {
    return [](std::shared_ptr<StreamWriter> out) -> boost::asio::awaitable<void> {
      std::string piece = "12345";
      co_await out->write(std::move(piece));
    }(std::move(writer));
  };
  const Handler handler = [producer](std::shared_ptr<Request>) {
    Response response;
    response.stream = producer;
    return respond_with(std::move(response));
  };
  testing::internal::CaptureStderr();
  {
    const TestServer server(
        {{Method::kGet, "/stream", handler}, {Method::kGet, "/graphs/{id}", handler}});
    observe::configure_log(observe::LogLevel::kInfo, observe::LogFormat::kJson, false);
    server.ask(make_get("/stream?secret", "X-Request-Id: s1\r\n"));
    server.ask(make_get("/graphs/secret", "X-Request-Id: s2\r\n"));
    server.ask("\x01");
    server.server->stop(std::chrono::seconds(5));
    observe::flush_log();
  }
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_NE(log.find(R"("event":"request","request_id":"s1","method":"GET","route":"/stream",)"
                     R"("path":"/stream","status":200,"bytes":5,)"),
            std::string::npos)
      << log;
  EXPECT_NE(log.find(R"("path":"/graphs/{id}")"), std::string::npos) << log;
  EXPECT_NE(log.find(R"("event":"request refused")"), std::string::npos);
  EXPECT_EQ(log.find("secret"), std::string::npos);
  EXPECT_EQ(std::ranges::count(log, '\n'), 3);
}

boost::asio::awaitable<Response> answer_large_json(std::shared_ptr<Request>) {
  Response response = make_response(200, "application/json", "[" + std::string(5000, '1') + "]");
  response.headers.add("ETag", "\"v1\"");
  co_return response;
}

TEST(Compression, IsAppliedOverTheWire) {
  const TestServer server({{Method::kGet, "/json", answer_large_json}});
  const RawResponse plain = server.ask(make_get("/json"));
  EXPECT_EQ(plain.body.size(), 5002U);
  EXPECT_EQ(plain.header("Vary"), "Accept-Encoding");
  EXPECT_EQ(plain.header("ETag"), "\"v1\"");
  const RawResponse packed = server.ask(make_get("/json", "Accept-Encoding: gzip, br\r\n"));
  EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
  EXPECT_EQ(packed.header("ETag"), "W/\"v1\"");
  EXPECT_EQ(unzip(packed.body), plain.body);
  RawClient client = server.connect();
  client.send("HEAD /json HTTP/1.1\r\nHost: t\r\nAccept-Encoding: gzip\r\n\r\n");
  EXPECT_EQ(client.read_response(true).value_or(RawResponse{}).header("Content-Length"),
            packed.header("Content-Length"));
}

}  // namespace
}  // namespace graphrail::http
