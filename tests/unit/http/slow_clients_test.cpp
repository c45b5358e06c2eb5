// Clients that take their time, on purpose or not, and too many clients at once.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <list>

#include "server_fixture.h"

namespace graphrail::http {
namespace {

using std::chrono::milliseconds;

ServerOptions short_timeouts() {
  ServerOptions options;
  options.header_timeout = milliseconds(200);
  options.body_timeout = milliseconds(200);
  options.idle_timeout = milliseconds(200);
  options.write_timeout = milliseconds(200);
  return options;
}

/// Sends `bytes` one by one until the server answers; false when it swallowed all of them.
bool drip_until_refused(RawClient& client, std::string_view bytes) {
  for (const char c : bytes) {
    if (!client.send(std::string_view(&c, 1)) || client.has_answer_within(milliseconds(20))) {
      return true;
    }
  }
  return false;
}

TEST(SlowClients, AHeadDrippedInIsRefused) {
  const TestServer server({}, short_timeouts());
  RawClient client = server.connect();
  client.send("GET /echo HTTP/1.1\r\nHost: t\r\n");
  EXPECT_TRUE(drip_until_refused(client, "X: " + std::string(500, 'x')));
  const auto response = client.read_response();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 408);
  EXPECT_NE(response->body.find("request_timeout"), std::string::npos);
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(SlowClients, ABodyDrippedInIsRefused) {
  const TestServer server({}, short_timeouts());
  RawClient client = server.connect();
  client.send("POST /echo HTTP/1.1\r\nHost: t\r\nContent-Length: 1000\r\n\r\n");
  EXPECT_TRUE(drip_until_refused(client, std::string(500, 'x')));
  EXPECT_EQ(client.read_response().value_or(RawResponse{}).status, 408);
}

TEST(SlowClients, SilenceEndsTheConnectionWithoutAWord) {
  const TestServer server({}, short_timeouts());
  RawClient silent = server.connect();
  EXPECT_EQ(silent.read_to_end(), "");
  RawClient idle = server.connect();
  idle.send(make_get("/echo"));
  EXPECT_EQ(idle.read_response().value_or(RawResponse{}).status, 200);
  EXPECT_EQ(idle.read_to_end(), "");
}

TEST(SlowClients, EmptyLinesDoNotKeepAConnection) {
  const TestServer server({}, short_timeouts());
  RawClient client = server.connect();
  std::string lines;
  for (int i = 0; i < 250; ++i) lines += "\r\n";
  EXPECT_TRUE(drip_until_refused(client, lines));
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(SlowClients, WhoDoesNotReadIsCutOff) {
  const auto body = std::make_shared<const std::string>(64 * 1024 * 1024, 'z');
  const Handler large = [body](std::shared_ptr<Request>) {
    return respond_with(make_shared_response(body));
  };
  const TestServer server({{Method::kGet, "/large", large}}, short_timeouts());
  RawClient client = server.connect();
  client.send(make_get("/large"));
  const auto head = client.read_until("\r\n\r\n");
  EXPECT_TRUE(head.starts_with("HTTP/1.1 200"));
  // The server ends the connection while we hold still; what is in flight is less than the body.
  EXPECT_TRUE(client.has_ended_within(std::chrono::seconds(20)));
  const auto rest = client.read_to_end();
  ASSERT_TRUE(rest);
  EXPECT_LT(rest->size(), body->size());
}

TEST(SlowClients, ConnectionsAboveTheLimitAreToldToComeBack) {
  ServerOptions options;
  options.max_connections = 4;
  const TestServer server({}, options);
  std::list<RawClient> held;
  for (int i = 0; i < 4; ++i) {
    held.push_back(server.connect());
    held.back().send(make_get("/echo"));
    ASSERT_EQ(held.back().read_response().value_or(RawResponse{}).status, 200);
  }
  RawClient refused = server.connect();
  refused.send(make_get("/echo"));
  const auto response = refused.read_response();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->status, 503);
  EXPECT_EQ(response->header("Retry-After"), "5");
  EXPECT_NE(response->body.find(R"("retry_after":5)"), std::string::npos);
  EXPECT_EQ(refused.read_to_end(), "");
  held.pop_front();
  // The slot is free once the server has seen that client leave.
  int status = 503;
  for (int i = 0; i < 1000 && status == 503; ++i) status = server.ask(make_get("/echo")).status;
  EXPECT_EQ(status, 200);
}

TEST(SlowClients, ThousandsOfIdleConnectionsAreNoBurden) {
  const TestServer server;
  std::list<RawClient> idle;
  for (int i = 0; i < 2000; ++i) {
    idle.push_back(server.connect());
    if (i % 2 == 0) idle.back().send("GET /ec");
  }
  for (int i = 0; i < 100; ++i) ASSERT_EQ(server.ask(make_get("/echo")).status, 200);
  // They are still there and served.
  int served = 0;
  bool has_begun = true;
  for (RawClient& client : idle) {
    client.send(has_begun ? "ho HTTP/1.1\r\nHost: t\r\n\r\n" : make_get("/echo"));
    has_begun = !has_begun;
    if (client.read_response().value_or(RawResponse{}).status == 200) ++served;
  }
  EXPECT_EQ(served, 2000);
}

/// Lowers the number of descriptors this process may have, for as long as it lives.
class DescriptorLimit {
 public:
  explicit DescriptorLimit(rlim_t limit) {
    getrlimit(RLIMIT_NOFILE, &before_);
    const rlimit lowered{.rlim_cur = limit, .rlim_max = before_.rlim_max};
    setrlimit(RLIMIT_NOFILE, &lowered);
  }
  ~DescriptorLimit() { setrlimit(RLIMIT_NOFILE, &before_); }
  DescriptorLimit(const DescriptorLimit&) = delete;
  DescriptorLimit& operator=(const DescriptorLimit&) = delete;

 private:
  rlimit before_{};
};

TEST(SlowClients, RunningOutOfDescriptorsIsSurvived) {
  const TestServer server;
  std::list<RawClient> clients;
  {
    const DescriptorLimit limit(100);
    // Client and server share the limit: at the end some connections wait to be accepted.
    try {
      for (int i = 0; i < 200; ++i) clients.push_back(server.connect());
    } catch (const std::runtime_error&) {
    }
    ASSERT_GT(clients.size(), 10U);
    ASSERT_LT(clients.size(), 100U);
  }
  RawClient last = std::move(clients.back());
  clients.clear();
  last.send(make_get("/echo"));
  EXPECT_EQ(last.read_response().value_or(RawResponse{}).status, 200);
}

}  // namespace
}  // namespace graphrail::http
