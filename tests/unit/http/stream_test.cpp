// Streamed answers, and how handlers learn that their client has left.
#include <gtest/gtest.h>

#include <atomic>
#include <optional>

#include "http/event_stream.h"
#include "server_fixture.h"

namespace graphrail::http {
namespace {

using boost::asio::awaitable;
using boost::asio::use_awaitable;
using std::chrono::milliseconds;

Route stream_route(StreamProducer producer) {
  return {Method::kGet, "/stream", [producer](std::shared_ptr<Request>) {
            return respond_with(make_event_stream_response(producer));
          }};
}

awaitable<void> write_three(std::shared_ptr<StreamWriter> writer) {
  for (std::uint64_t id = 1; id <= 3; ++id) {
    std::string event = format_event(id, "node", "{}");
    co_await writer->write(std::move(event));
  }
}

TEST(Stream, ArrivesInChunksAndTheConnectionGoesOn) {
  const TestServer server({stream_route(write_three)});
  RawClient client = server.connect();
  client.send(make_get("/stream", "Accept-Encoding: gzip\r\n") + make_get("/echo"));
  const auto response = client.read_response();
  ASSERT_TRUE(response);
  EXPECT_TRUE(response->is_whole);
  EXPECT_EQ(response->header("Content-Type"), "text/event-stream");
  EXPECT_EQ(response->header("Cache-Control"), "no-store");
  EXPECT_FALSE(response->has_header("Content-Length"));
  EXPECT_EQ(response->body, format_event(1, "node", "{}") + format_event(2, "node", "{}") +
                                format_event(3, "node", "{}"));
  EXPECT_EQ(client.read_response().value_or(RawResponse{}).body, "GET /echo? 0");
}

TEST(Stream, EndsWithTheConnectionForHttp10) {
  const TestServer server({stream_route(write_three)});
  RawClient client = server.connect();
  client.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  const auto response = client.read_response();
  ASSERT_TRUE(response);
  EXPECT_FALSE(response->has_header("Transfer-Encoding"));
  EXPECT_EQ(response->header("Connection"), "close");
  EXPECT_TRUE(response->body.ends_with(format_event(3, "node", "{}")));
}

TEST(Stream, IsNotProducedForHead) {
  std::atomic<int> produced = 0;
  std::atomic<int>* counter = &produced;
  const TestServer server({stream_route([counter](std::shared_ptr<StreamWriter> writer) {
    ++*counter;
    return write_three(std::move(writer));
  })});
  RawClient client = server.connect();
  client.send("HEAD /stream HTTP/1.1\r\nHost: t\r\n\r\n" + make_get("/echo"));
  EXPECT_EQ(client.read_response(true).value_or(RawResponse{}).status, 200);
  EXPECT_EQ(client.read_response().value_or(RawResponse{}).body, "GET /echo? 0");
  EXPECT_EQ(produced, 0);
}

awaitable<void> write_one_and_throw(std::shared_ptr<StreamWriter> writer) {
  std::string piece = "piece";
  co_await writer->write(std::move(piece));
  throw std::runtime_error("cause");
}

TEST(Stream, ThatFailsIsCutInsteadOfEnded) {
  const TestServer server({stream_route(write_one_and_throw)});
  RawClient client = server.connect();
  client.send(make_get("/stream"));
  const auto response = client.read_response();
  ASSERT_TRUE(response);
  EXPECT_EQ(response->body, "piece");
  EXPECT_FALSE(response->is_whole);
}

/// Writes large pieces for as long as somebody takes them.
awaitable<void> write_endlessly(std::shared_ptr<StreamWriter> writer, std::shared_ptr<Event> ended,
                                std::shared_ptr<std::atomic<std::size_t>> written) {
  bool goes_on = true;
  while (goes_on) {
    std::string piece(256 * 1024, 'p');
    *written += piece.size();
    goes_on = co_await writer->write(std::move(piece));
  }
  EXPECT_TRUE(writer->is_closed());
  ended->set();
}

TEST(Stream, WaitsForASlowReaderAndEndsWhenItLeaves) {
  const auto ended = std::make_shared<Event>();
  const auto written = std::make_shared<std::atomic<std::size_t>>(0);
  const TestServer server({stream_route([ended, written](std::shared_ptr<StreamWriter> writer) {
    return write_endlessly(std::move(writer), ended, written);
  })});
  RawClient client = server.connect();
  client.send(make_get("/stream"));
  client.read_until("\r\n\r\n");
  // Nothing but what the sockets hold is produced while nobody reads.
  EXPECT_FALSE(ended->wait(milliseconds(500)));
  EXPECT_LT(written->load(), 64U * 1024 * 1024);
  client.close();
  EXPECT_TRUE(ended->wait());
}

TEST(Stream, WriteTimeoutEndsAStalledStream) {
  const auto ended = std::make_shared<Event>();
  const auto written = std::make_shared<std::atomic<std::size_t>>(0);
  ServerOptions options;
  options.write_timeout = milliseconds(200);
  const TestServer server({stream_route([ended, written](std::shared_ptr<StreamWriter> writer) {
                            return write_endlessly(std::move(writer), ended, written);
                          })},
                          options);
  RawClient client = server.connect();
  client.send(make_get("/stream"));
  client.read_until("\r\n\r\n");
  EXPECT_TRUE(ended->wait());
}

awaitable<void> wait_until_closed(std::shared_ptr<StreamWriter> writer,
                                  std::shared_ptr<Event> ended) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  while (!writer->is_closed()) {
    timer.expires_after(milliseconds(5));
    co_await timer.async_wait(use_awaitable);
  }
  ended->set();
}

TEST(Stream, NoticesALeavingClientWithoutWriting) {
  const auto ended = std::make_shared<Event>();
  const TestServer server({stream_route([ended](std::shared_ptr<StreamWriter> writer) {
    return wait_until_closed(std::move(writer), ended);
  })});
  RawClient client = server.connect();
  client.send(make_get("/stream"));
  client.read_until("\r\n\r\n");
  client.close();
  EXPECT_TRUE(ended->wait(std::chrono::seconds(5)));
}

struct Departure {
  Event started;
  Event noticed;
  Event finished;
};

/// Stands for a handler that waits for something upstream, and cancels that when the client goes.
awaitable<Response> wait_for_upstream(std::shared_ptr<Request> request,
                                      std::shared_ptr<Departure> departure) {
  boost::asio::steady_timer upstream(co_await boost::asio::this_coro::executor);
  upstream.expires_after(std::chrono::minutes(5));
  const auto subscription = request->client->on_gone([&upstream, departure] {
    departure->noticed.set();
    upstream.cancel();
  });
  departure->started.set();
  boost::system::error_code code;
  co_await upstream.async_wait(boost::asio::redirect_error(use_awaitable, code));
  departure->finished.set();
  co_return make_response(200, "text/plain", "late");
}

Route upstream_route(std::shared_ptr<Departure> departure) {
  return {Method::kGet, "/upstream", [departure](std::shared_ptr<Request> request) {
            return wait_for_upstream(std::move(request), departure);
          }};
}

TEST(ClientPresence, TellsAHandlerThatTheClientLeft) {
  const auto departure = std::make_shared<Departure>();
  const TestServer server({upstream_route(departure)});
  RawClient client = server.connect();
  // A request behind it in the pipe must not hide that the client has gone.
  client.send(make_get("/upstream") + make_get("/echo"));
  ASSERT_TRUE(departure->started.wait());
  EXPECT_FALSE(departure->noticed.wait(milliseconds(300)));
  client.close();
  EXPECT_TRUE(departure->noticed.wait(std::chrono::seconds(5)));
  EXPECT_TRUE(departure->finished.wait());
}

TEST(ClientPresence, SeesAReset) {
  const auto departure = std::make_shared<Departure>();
  const TestServer server({upstream_route(departure)});
  RawClient client = server.connect();
  client.send(make_get("/upstream"));
  ASSERT_TRUE(departure->started.wait());
  client.reset();
  EXPECT_TRUE(departure->finished.wait(std::chrono::seconds(5)));
}

TEST(ClientPresence, RunsActionsOnceAndForgetsEndedSubscriptions) {
  const auto presence = std::make_shared<ClientPresence>();
  int first = 0;
  int second = 0;
  auto kept = presence->on_gone([&first] { ++first; });
  {
    const auto dropped = presence->on_gone([&second] { ++second; });
  }
  EXPECT_FALSE(presence->is_gone());
  presence->mark_gone();
  presence->mark_gone();
  EXPECT_TRUE(presence->is_gone());
  EXPECT_EQ(first, 1);
  EXPECT_EQ(second, 0);
  const auto late = presence->on_gone([&second] { ++second; });
  EXPECT_EQ(second, 1);
}

TEST(ClientPresence, AnActionMayEndAnotherSubscription) {
  const auto presence = std::make_shared<ClientPresence>();
  std::optional<ClientPresence::Subscription> other;
  bool other_ran = false;
  other.emplace(presence->on_gone([&other_ran] { other_ran = true; }));
  const auto kept = presence->on_gone([&other] { other.reset(); });
  presence->mark_gone();
  EXPECT_FALSE(other_ran);
}

}  // namespace
}  // namespace graphrail::http
