// The server's everyday behaviour over real sockets: answers, keep-alive, pipelining, versions.
#include "http/server.h"

#include <gtest/gtest.h>

#include "server_fixture.h"

namespace graphrail::http {
namespace {

TEST(Server, AnswersAndKeepsTheConnection) {
  TestServer server;
  RawClient client = server.connect();
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(client.send(make_get("/echo?a=1")));
    const auto response = client.read_response();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, 200);
    EXPECT_EQ(response->body, "GET /echo?a=1 0");
    EXPECT_TRUE(response->has_header("Date"));
    EXPECT_FALSE(response->has_header("Server"));
    EXPECT_FALSE(response->has_header("Connection"));
  }
}

TEST(Server, ClosesWhenAsked) {
  TestServer server;
  RawClient client = server.connect();
  client.send(make_get("/echo", "Connection: close\r\n"));
  const auto response = client.read_response();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->header("Connection"), "close");
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  TestServer server;
  RawClient client = server.connect();
  constexpr int kRequests = 2000;
  std::string burst;
  for (int i = 0; i < kRequests; ++i) {
    const std::string path = "/echo?" + std::to_string(i);
    burst += i % 3 == 0 ? make_post(path, std::string(static_cast<std::size_t>(i), 'x'))
                        : make_get(path);
  }
  std::size_t sent = 0;
  for (int i = 0; i < kRequests; ++i) {
    // Keep the pipe full without waiting for room: the server stops reading when we do.
    sent += client.send_without_waiting(std::string_view(burst).substr(sent));
    const auto response = client.read_response();
    ASSERT_TRUE(response) << i;
    const std::string size = std::to_string(i % 3 == 0 ? i : 0);
    const std::string method = i % 3 == 0 ? "POST" : "GET";
    ASSERT_EQ(response->body, method + " /echo?" + std::to_string(i) + " " + size);
  }
}

TEST(Server, SendsEarlierPipelinedAnswersWhileALaterHandlerWaits) {
  auto release = std::make_shared<Event>();
  const Handler slow =
      [release](std::shared_ptr<Request> request) -> boost::asio::awaitable<Response> {
    return [](std::shared_ptr<Event> go,
              std::shared_ptr<Request>) -> boost::asio::awaitable<Response> {
      boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
      for (int i = 0; i < 20000 && !go->wait(std::chrono::milliseconds(0)); ++i) {
        timer.expires_after(std::chrono::milliseconds(1));
        co_await timer.async_wait(boost::asio::use_awaitable);
      }
      co_return make_response(200, "text/plain", "slow");
    }(release, std::move(request));
  };
  TestServer server({{Method::kGet, "/slow", slow}});
  RawClient client = server.connect();
  client.send(make_get("/echo") + make_get("/slow"));
  const auto first = client.read_response();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->body, "GET /echo? 0");
  release->set();
  const auto second = client.read_response();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->body, "slow");
}

TEST(Server, AcceptsAHalfRequestLaterCompleted) {
  TestServer server;
  RawClient client = server.connect();
  for (const char c : make_post("/echo", "body")) {
    ASSERT_TRUE(client.send(std::string_view(&c, 1)));
  }
  const auto response = client.read_response();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "POST /echo? 4");
}

TEST(Server, SpeaksHttp10) {
  TestServer server;
  RawClient closing = server.connect();
  closing.send("GET /echo HTTP/1.0\r\n\r\n");
  const auto first = closing.read_response();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->status, 200);
  EXPECT_EQ(closing.read_to_end(), "");

  RawClient staying = server.connect();
  for (int i = 0; i < 2; ++i) {
    staying.send("GET /echo HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const auto response = staying.read_response();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->header("Connection"), "keep-alive");
  }
}

TEST(Server, AnswersHeadWithoutABody) {
  TestServer server;
  RawClient client = server.connect();
  client.send("HEAD /echo?q HTTP/1.1\r\nHost: test\r\n\r\n" + make_get("/echo"));
  const auto head = client.read_response(true);
  ASSERT_TRUE(head);
  EXPECT_EQ(head->header("Content-Length"), std::to_string(std::string("HEAD /echo?q 0").size()));
  const auto next = client.read_response();
  ASSERT_TRUE(next);
  EXPECT_EQ(next->body, "GET /echo? 0");
}

TEST(Server, AnswersOptionsAndUnknowns) {
  TestServer server;
  const RawResponse options = server.ask("OPTIONS /echo HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(options.status, 204);
  EXPECT_EQ(options.header("Allow"), "GET, HEAD, POST, OPTIONS");
  EXPECT_FALSE(options.has_header("Content-Length"));
  EXPECT_EQ(server.ask("OPTIONS * HTTP/1.1\r\nHost: t\r\n\r\n").status, 204);
  const RawResponse missing = server.ask(make_get("/nothing"));
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.header("Content-Type"), "application/problem+json");
  EXPECT_NE(missing.body.find(R"("error":"not_found")"), std::string::npos);
  const RawResponse wrong = server.ask("DELETE /echo HTTP/1.1\r\nHost: t\r\n\r\n");
  EXPECT_EQ(wrong.status, 405);
  EXPECT_EQ(wrong.header("Allow"), "GET, HEAD, POST, OPTIONS");
}

TEST(Server, HonoursExpectContinue) {
  TestServer server;
  RawClient client = server.connect();
  client.send(
      "POST /echo HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
  const auto interim = client.read_response();
  ASSERT_TRUE(interim);
  EXPECT_EQ(interim->status, 100);
  client.send("ab");
  const auto final_response = client.read_response();
  ASSERT_TRUE(final_response);
  EXPECT_EQ(final_response->body, "POST /echo? 2");
  EXPECT_EQ(server.ask("GET /echo HTTP/1.1\r\nHost: t\r\nExpect: magic\r\n\r\n").status, 417);
}

TEST(Server, ReadsChunkedBodies) {
  TestServer server;
  RawClient client = server.connect();
  client.send("POST /echo HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
  client.send("3;name=value\r\nabc\r\n");
  client.send("A\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n");
  const auto response = client.read_response();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "POST /echo? 13");
}

TEST(Server, SendsLargeBodiesToASlowReader) {
  const auto body = std::make_shared<const std::string>(8 * 1024 * 1024, 'z');
  const Handler large = [body](std::shared_ptr<Request>) {
    return respond_with(make_shared_response(body));
  };
  TestServer server({{Method::kGet, "/large", large}});
  RawClient client = server.connect();
  client.send(make_get("/large") + make_get("/echo"));
  const auto response = client.read_response();
  ASSERT_TRUE(response);
  EXPECT_TRUE(response->body == *body);
  EXPECT_EQ(client.read_response().value_or(RawResponse{}).status, 200);
}

TEST(Server, ListensOnIpv6) {
  ServerOptions options;
  options.bind = "::1";
  TestServer server({}, options);
  RawClient client(server.server->port(), true);
  client.send(make_get("/echo"));
  EXPECT_EQ(client.read_response().value_or(RawResponse{}).status, 200);
}

TEST(Server, ReportsWhyItCannotListen) {
  const ServerParts parts = make_parts(std::make_shared<observe::Metrics>());
  ServerOptions options;
  options.bind = "not an address";
  const auto invalid = make_server(options, echo, parts);
  ASSERT_FALSE(invalid);
  EXPECT_TRUE(invalid.error().is(make_error_code(HttpError::kInvalidAddress)));
  const TestServer running;
  options.bind = "127.0.0.1";
  options.port = running.server->port();
  const auto taken = make_server(options, echo, parts);
  ASSERT_FALSE(taken);
  EXPECT_TRUE(taken.error().is(make_error_code(HttpError::kCannotListen)));
  options.bind = "203.0.113.1";
  EXPECT_FALSE(make_server(options, echo, parts));
}

}  // namespace
}  // namespace graphrail::http
