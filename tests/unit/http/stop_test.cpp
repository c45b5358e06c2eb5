// The two-phase stop: idle connections close at once, running requests finish, the rest is
// cancelled when the grace is over.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "server_fixture.h"

namespace graphrail::http {
namespace {

using boost::asio::awaitable;
using std::chrono::milliseconds;
using std::chrono::seconds;

struct Gate {
  Event entered;
  Event opened;
  Event left;
};

/// Waits, without blocking its thread, until the test opens the gate.
awaitable<Response> wait_at_gate(std::shared_ptr<Request>, std::shared_ptr<Gate> gate) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  gate->entered.set();
  struct Leaving {
    std::shared_ptr<Gate> gate;
    ~Leaving() { gate->left.set(); }
  };
  const Leaving leaving{gate};
  while (!gate->opened.wait(milliseconds(0))) {
    timer.expires_after(milliseconds(2));
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
  co_return make_response(200, "text/plain", "through");
}

Route gate_route(std::shared_ptr<Gate> gate) {
  return {Method::kGet, "/gate", [gate](std::shared_ptr<Request> request) {
            return wait_at_gate(std::move(request), gate);
          }};
}

TEST(Stop, ClosesIdleConnectionsAndTakesNoMore) {
  const TestServer server;
  RawClient idle = server.connect();
  idle.send(make_get("/echo"));
  ASSERT_EQ(idle.read_response().value_or(RawResponse{}).status, 200);
  RawClient silent = server.connect();
  const auto begin = std::chrono::steady_clock::now();
  server.server->stop(seconds(20));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(10));
  EXPECT_EQ(idle.read_to_end(), "");
  EXPECT_EQ(silent.read_to_end(), "");
  EXPECT_THROW(RawClient(server.server->port()), std::runtime_error);
}

TEST(Stop, LetsARunningRequestFinish) {
  const auto gate = std::make_shared<Gate>();
  const TestServer server({gate_route(gate)});
  RawClient client = server.connect();
  client.send(make_get("/gate"));
  ASSERT_TRUE(gate->entered.wait());
  RawClient idle = server.connect();
  std::jthread stopper([&server] { server.server->stop(seconds(20)); });
  EXPECT_EQ(idle.read_to_end(), "");  // The first phase has begun.
  gate->opened.set();
  const auto response = client.read_response();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "through");
  EXPECT_EQ(response->header("Connection"), "close");
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(Stop, CancelsWhatIsLeftAfterTheGrace) {
  const auto gate = std::make_shared<Gate>();
  const TestServer server({gate_route(gate)});
  RawClient client = server.connect();
  client.send(make_get("/gate"));
  ASSERT_TRUE(gate->entered.wait());
  server.server->stop(milliseconds(50));
  EXPECT_TRUE(gate->left.wait(milliseconds(0)));
  EXPECT_EQ(client.read_to_end(), "");
}

TEST(Stop, EndsAStreamThatWouldGoOn) {
  const auto gate = std::make_shared<Gate>();
  const StreamProducer producer = [gate](std::shared_ptr<StreamWriter> writer) {
    return [](std::shared_ptr<StreamWriter> out, std::shared_ptr<Gate> at) -> awaitable<void> {
      std::string first = "first";
      co_await out->write(std::move(first));
      const Response ignored = co_await wait_at_gate(nullptr, at);
      (void)ignored;
    }(std::move(writer), gate);
  };
  const Handler handler = [producer](std::shared_ptr<Request>) {
    Response response;
    response.stream = producer;
    return respond_with(std::move(response));
  };
  const TestServer server({{Method::kGet, "/stream", handler}});
  RawClient client = server.connect();
  client.send(make_get("/stream"));
  client.read_until("first");
  ASSERT_TRUE(gate->entered.wait());
  server.server->stop(milliseconds(50));
  EXPECT_TRUE(gate->left.wait(milliseconds(0)));
}

TEST(Stop, IsPossibleTwiceAndWithoutAStart) {
  const TestServer server;
  server.server->stop(milliseconds(0));
  server.server->stop(milliseconds(0));
  ServerOptions options;
  options.port = 0;
  const auto never_started =
      make_server(options, echo, make_parts(std::make_shared<observe::Metrics>()));
  ASSERT_TRUE(never_started);
  (*never_started)->stop(milliseconds(0));
}

}  // namespace
}  // namespace graphrail::http
