// What the server does with requests it must not serve: malformed, smuggling, too large, too slow.
#include <gtest/gtest.h>

#include "server_fixture.h"

namespace graphrail::http {
namespace {

constexpr std::string_view kHost = "Host: test\r\n";

struct BadRequest {
  std::string_view name;
  std::string bytes;
  int status;
  std::string_view error = "invalid_request";
};

std::string head(std::string_view line, std::string_view fields) {
  return std::string(line) + "\r\n" + std::string(kHost) + std::string(fields) + "\r\n";
}

std::vector<BadRequest> bad_requests() {
  const std::string post = "POST /echo HTTP/1.1";
  return {
      {"garbage", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400},
      {"no target", "GET HTTP/1.1\r\n\r\n", 400},
      {"no version", "GET /echo\r\n\r\n", 400},
      {"bare line feeds", "GET /echo HTTP/1.1\nHost: t\n\n\r\n\r\n", 400},
      {"space before colon", head("GET /echo HTTP/1.1", "Name : value\r\n"), 400},
      {"no colon", head("GET /echo HTTP/1.1", "Name\r\n"), 400},
      {"control in a name", head("GET /echo HTTP/1.1", "Na\x01me: value\r\n"), 400},
      {"NUL in a value", head("GET /echo HTTP/1.1", std::string("N: a\0b\r\n", 8)), 400},
      {"NUL in the target", head("GET /%00 HTTP/1.1", ""), 400},
      {"broken escape", head("GET /%zz HTTP/1.1", ""), 400},
      {"short escape", head("GET /%a HTTP/1.1", ""), 400},
      {"ill-formed UTF-8", head("GET /%ff HTTP/1.1", ""), 400},
      {"climbing path", head("GET /a/%2e%2e/b HTTP/1.1", ""), 400},
      {"relative target", head("GET echo HTTP/1.1", ""), 400},
      {"authority target", head("CONNECT example.com:443 HTTP/1.1", ""), 400},
      {"star without OPTIONS", head("GET * HTTP/1.1", ""), 400},
      {"fragment", head("GET /echo#part HTTP/1.1", ""), 400},
      {"no host", "GET /echo HTTP/1.1\r\n\r\n", 400},
      {"two hosts", head("GET /echo HTTP/1.1", "Host: other\r\n"), 400},
      {"length and chunks", head(post, "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"), 400},
      {"chunks and length", head(post, "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"), 400},
      {"two lengths", head(post, "Content-Length: 5\r\nContent-Length: 6\r\n"), 400},
      {"one length twice", head(post, "Content-Length: 5\r\nContent-Length: 5\r\n"), 400},
      {"length list", head(post, "Content-Length: 5, 5\r\n"), 400},
      {"negative length", head(post, "Content-Length: -1\r\n"), 400},
      {"signed length", head(post, "Content-Length: +1\r\n"), 400},
      {"hex length", head(post, "Content-Length: 0x1\r\n"), 400},
      {"overflowing length", head(post, "Content-Length: 18446744073709551617\r\n"), 400},
      {"chunks over HTTP/1.0", "POST /echo HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       400},
      {"bad chunk size", head(post, "Transfer-Encoding: chunked\r\n") + "xyz\r\n", 400},
      {"overflowing chunk size",
       head(post, "Transfer-Encoding: chunked\r\n") + "fffffffffffffffff\r\n", 400},
      {"chunk longer than its size",
       head(post, "Transfer-Encoding: chunked\r\n") + "1\r\nab\r\n0\r\n\r\n", 400},
      {"endless chunk extension",
       head(post, "Transfer-Encoding: chunked\r\n") + "1;" + std::string(8192, 'x'), 400},
      {"coding below chunked", head(post, "Transfer-Encoding: gzip, chunked\r\n"), 501,
       "not_implemented"},
      {"unknown coding", head(post, "Transfer-Encoding: identity\r\n"), 501, "not_implemented"},
      {"HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505, "http_version_not_supported"},
      {"HTTP/1.2", head("GET /echo HTTP/1.2", ""), 505, "http_version_not_supported"},
      {"one huge field", head("GET /echo HTTP/1.1", "A: " + std::string(17000, 'a') + "\r\n"), 431,
       "header_too_large"},
      {"huge target", head("GET /" + std::string(17000, 'a') + " HTTP/1.1", ""), 431,
       "header_too_large"},
      {"endless target", "GET /" + std::string(40000, 'a'), 431, "header_too_large"},
      {"announced too much", head(post, "Content-Length: 1048577\r\n"), 413, "payload_too_large"},
      {"announced absurdly much", head(post, "Content-Length: 9223372036854775807\r\n"), 413,
       "payload_too_large"},
      {"chunk too large", head(post, "Transfer-Encoding: chunked\r\n") + "100001\r\n", 413,
       "payload_too_large"},
  };
}

TEST(BadRequests, GetAProblemAndTheConnectionEnds) {
  const TestServer server;
  for (const BadRequest& bad : bad_requests()) {
    SCOPED_TRACE(bad.name);
    RawClient client = server.connect();
    client.send(bad.bytes);
    const auto response = client.read_response();
    ASSERT_TRUE(response);
    EXPECT_EQ(response->status, bad.status);
    EXPECT_EQ(response->header("Content-Type"), "application/problem+json");
    EXPECT_EQ(response->header("Connection"), "close");
    EXPECT_EQ(response->header("X-Content-Type-Options"), "nosniff");
    const std::string id = response->header("X-Request-Id");
    EXPECT_EQ(id.size(), 32U);
    EXPECT_NE(response->body.find("\"error\":\"" + std::string(bad.error) + "\""),
              std::string::npos)
        << response->body;
    EXPECT_NE(response->body.find("\"request_id\":\"" + id + "\""), std::string::npos);
    EXPECT_EQ(client.read_to_end(), "");
  }
}

TEST(BadRequests, AreTheSameByteByByte) {
  const TestServer server;
  for (const BadRequest& bad : bad_requests()) {
    if (bad.bytes.size() > 300) continue;
    SCOPED_TRACE(bad.name);
    RawClient client = server.connect();
    for (const char c : bad.bytes) {
      if (!client.send(std::string_view(&c, 1))) break;
    }
    // Some are only found out at the end of a head that never comes.
    client.shut_down_sending();
    const auto response = client.read_response();
    if (response) EXPECT_EQ(response->status, bad.status);
  }
}

TEST(BadRequests, NeverReachTheHandlerAsASecondRequest) {
  const TestServer server;
  RawClient client = server.connect();
  client.send(
      "POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
      "0\r\n\r\nGET /echo?smuggled HTTP/1.1\r\nHost: t\r\n\r\n");
  const auto all = client.read_to_end();
  ASSERT_TRUE(all);
  EXPECT_TRUE(all->starts_with("HTTP/1.1 400 "));
  EXPECT_EQ(all->find("HTTP/1.1", 1), std::string::npos);
}

TEST(BadRequests, AfterGoodOnesLetTheGoodBeAnswered) {
  const TestServer server;
  RawClient client = server.connect();
  client.send(make_get("/echo") + "\x01\x02\x03");
  EXPECT_EQ(client.read_response().value_or(RawResponse{}).status, 200);
  EXPECT_EQ(client.read_response().value_or(RawResponse{}).status, 400);
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(BadRequests, ABodyOfExactlyTheLimitIsServed) {
  const TestServer server;
  const std::string body(1024 * 1024, 'b');
  EXPECT_EQ(server.ask(make_post("/echo", body)).body, "POST /echo? 1048576");
  std::string chunked = head("POST /echo HTTP/1.1", "Transfer-Encoding: chunked\r\n");
  for (int i = 0; i < 16; ++i) chunked += "10000\r\n" + body.substr(0, 65536) + "\r\n";
  EXPECT_EQ(server.ask(chunked + "0\r\n\r\n").body, "POST /echo? 1048576");
  EXPECT_EQ(server.ask(chunked + "1\r\nx\r\n0\r\n\r\n").status, 413);
}

TEST(BadRequests, AClientThatSendsFarTooMuchStillReadsTheAnswer) {
  const TestServer server;
  const std::string body(16 * 1024 * 1024, 'b');
  RawClient client = server.connect();
  client.send(make_post("/echo", body));
  const auto response = client.read_response();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 413);
  EXPECT_TRUE(response->is_whole);
}

TEST(BadRequests, AFloodOfSmallFieldsIsCutOff) {
  const TestServer server;
  RawClient client = server.connect();
  client.send("GET /echo HTTP/1.1\r\nHost: t\r\n");
  for (int i = 0; i < 20'000 && client.send("X: y\r\n"); ++i) {
  }
  EXPECT_EQ(client.read_response().value_or(RawResponse{}).status, 431);
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(BadRequests, EmptyLinesBeforeARequestAreIgnored) {
  const TestServer server;
  EXPECT_EQ(server.ask("\r\n\r\n" + make_get("/echo")).status, 200);
}

TEST(BadRequests, AreCountedAsUnmatched) {
  const TestServer server;
  EXPECT_EQ(server.ask("\x01").status, 400);
  EXPECT_NE(server.metrics->serialize().find(
                R"(graphrail_http_requests_total{code="400",method="OTHER",route="unmatched"} 1)"),
            std::string::npos);
}

}  // namespace
}  // namespace graphrail::http
