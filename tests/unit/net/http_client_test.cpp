// The client for configured servers: what it sends, how exchanges end, what it keeps.
#include "net/http_client.h"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/system/system_error.hpp>
#include <functional>
#include <future>

#include "support/origin/loopback_world.h"
#include "support/origin/origin.h"

namespace graphrail::net {
namespace {

using namespace std::chrono_literals;
using namespace test_support;
namespace asio = boost::asio;

constexpr const char* kChunkedHead =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n";

class RecordingSink final : public HttpSink {
 public:
  void on_head(const ResponseHead& head) override { status = head.status; }
  BodyWish on_body(std::string_view bytes) override {
    body.append(bytes);
    return wish ? wish(body) : BodyWish::kMore;
  }
  int status = 0;
  std::string body;
  std::function<BodyWish(const std::string&)> wish;
};

/// A client on a context of its own, run by the calling thread.
class Client {
 public:
  core::Result<void> send(HttpCall call, std::shared_ptr<HttpSink> sink) {
    auto future = asio::co_spawn(context_, client_.send(std::move(call), std::move(sink)),
                                 asio::bind_cancellation_slot(leave.slot(), asio::use_future));
    context_.restart();
    context_.run();
    return future.get();
  }
  core::Result<HttpResponse> collect(HttpCall call) {
    auto future = asio::co_spawn(context_, client_.collect(std::move(call)), asio::use_future);
    context_.restart();
    context_.run();
    return future.get();
  }
  asio::cancellation_signal leave;

 private:
  asio::io_context context_;
  HttpClient client_{context_.get_executor(), {}};
};

HttpCall call_to(const Origin& origin, const std::string& scheme = "http",
                 const std::string& target = "/v1/x?a=b") {
  HttpCall call;
  call.url = parse_url(scheme + "://127.0.0.1:" + std::to_string(origin.port()) + target).value();
  call.deadline = std::chrono::steady_clock::now() + 5s;
  return call;
}

OriginScript answer(std::string bytes) {
  return [bytes = std::move(bytes)](const OriginRequest&, OriginConnection& connection) {
    connection.write(bytes);
  };
}

std::error_code failure_of(const OriginScript& script, const std::function<void(HttpCall&)>& edit) {
  Origin origin({}, script);
  Client client;
  HttpCall call = call_to(origin);
  edit(call);
  const auto result = client.send(call, std::make_shared<RecordingSink>());
  EXPECT_FALSE(result);
  return result ? std::error_code() : result.error().code();
}

TEST(HttpClient, SendsWhatItIsToldAndDeliversEveryStatus) {
  Origin origin({}, answer(http_response(418, "short and stout", {{"X-Hint", "tea"}})));
  Client client;
  HttpCall call = call_to(origin);
  call.method = "POST";
  call.headers = {"Content-Type: application/json"};
  call.body = std::string(300'000, 'b');
  call.secret = {"Authorization", "Bearer ", std::make_shared<core::Secret>(std::string("k-1"))};
  const auto response = client.collect(call);
  ASSERT_TRUE(response) << response.error().private_cause();
  EXPECT_EQ(response->head.status, 418);
  EXPECT_EQ(response->head.find("x-hint"), "tea");
  EXPECT_EQ(response->body, "short and stout");
  const OriginRequest request = origin.requests().at(0);
  EXPECT_EQ(request.method, "POST");
  EXPECT_EQ(request.target, "/v1/x?a=b");
  EXPECT_EQ(request.field("authorization"), "Bearer k-1");
  EXPECT_EQ(request.field("content-type"), "application/json");
  EXPECT_EQ(request.field("expect"), "");
  EXPECT_EQ(request.body, call.body);
}

TEST(HttpClient, KeepsAConnectionForTheNextExchange) {
  OriginOptions options;
  options.keep_alive = true;
  Origin origin(options, answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"));
  Client client;
  for (int i = 0; i < 3; ++i) {
    const auto response = client.collect(call_to(origin));
    ASSERT_TRUE(response);
    EXPECT_EQ(response->body, "ok");
  }
  EXPECT_EQ(origin.requests().size(), 3U);
  EXPECT_EQ(origin.connections(), 1U);
}

TEST(HttpClient, FollowsNoRedirect) {
  Origin origin({}, answer(http_response(302, "", {{"Location", "/elsewhere"}})));
  Client client;
  const auto response = client.collect(call_to(origin));
  ASSERT_TRUE(response);
  EXPECT_EQ(response->head.status, 302);
  EXPECT_EQ(origin.requests().size(), 1U);
}

TEST(HttpClient, VerifiesCertificates) {
  OriginOptions options;
  options.authority = &shared_authority();
  Origin origin(options, answer(http_response(200, "private")));
  Client client;
  EXPECT_EQ(client.collect(call_to(origin, "https")).error().code(), HttpError::kTlsError);
  HttpCall call = call_to(origin, "https");
  call.ca_file = shared_authority().pem_file();
  const auto response = client.collect(call);
  ASSERT_TRUE(response) << response.error().private_cause();
  EXPECT_EQ(response->body, "private");
}

TEST(HttpClient, TellsFailuresApart) {
  const auto quick = [](HttpCall& call) {
    call.deadline = std::chrono::steady_clock::now() + 150ms;
  };
  const auto impatient = [](HttpCall& call) { call.stall_timeout = 80ms; };
  const auto nothing = [](HttpCall&) {};
  const OriginScript silent = [](const OriginRequest&, OriginConnection& connection) {
    connection.stay_silent();
  };
  const OriginScript stalls = [](const OriginRequest&, OriginConnection& connection) {
    connection.write(std::string(kChunkedHead) + "3\r\nabc\r\n");
    connection.stay_silent();
  };
  EXPECT_EQ(failure_of(silent, quick), HttpError::kTimeout);
  EXPECT_EQ(failure_of(silent, impatient), HttpError::kStalled);
  EXPECT_EQ(failure_of(stalls, impatient), HttpError::kStalled);
  EXPECT_EQ(failure_of(answer(std::string(kChunkedHead) + "3\r\nabc\r\n"), nothing),
            HttpError::kBrokenOff);
  EXPECT_EQ(failure_of(answer(""), nothing), HttpError::kBrokenOff);
  EXPECT_EQ(failure_of(answer("SSH-2.0-x\r\n\r\n"), nothing), HttpError::kBadResponse);
  EXPECT_EQ(failure_of(answer(http_response(200, "12345")),
                       [](HttpCall& call) { call.max_body_bytes = 4; }),
            HttpError::kTooLarge);
  EXPECT_EQ(failure_of(answer(http_response(200, "")),
                       [](HttpCall& call) { call.headers = {"A: b\r\nX-Smuggled: 1"}; }),
            HttpError::kInvalidCall);
  EXPECT_EQ(failure_of(answer(http_response(200, "")), [](HttpCall& call) { call.url.port = 1; }),
            HttpError::kUnreachable);
}

TEST(HttpClient, ADripIsNoStallAndTheFirstByteMayTakeLonger) {
  Origin origin({}, [](const OriginRequest&, OriginConnection& connection) {
    connection.pause(120ms);
    connection.write(kChunkedHead);
    for (int i = 0; i < 5; ++i) {
      connection.pause(30ms);
      connection.write("1\r\nx\r\n");
    }
    connection.write("0\r\n\r\n");
  });
  Client client;
  HttpCall call = call_to(origin);
  call.first_byte_timeout = 2s;
  call.stall_timeout = 100ms;
  const auto response = client.collect(call);
  ASSERT_TRUE(response) << response.error().private_cause();
  EXPECT_EQ(response->body, "xxxxx");
}

TEST(HttpClient, ASinkThatHasEnoughEndsTheExchange) {
  std::promise<bool> left;
  Origin origin({}, [&](const OriginRequest&, OriginConnection& connection) {
    connection.write(std::string(kChunkedHead) + "3\r\nabc\r\n");
    left.set_value(!connection.pause(1s));
  });
  Client client;
  const auto sink = std::make_shared<RecordingSink>();
  sink->wish = [](const std::string&) { return BodyWish::kStop; };
  EXPECT_TRUE(client.send(call_to(origin), sink));
  EXPECT_EQ(sink->body, "abc");
  EXPECT_TRUE(left.get_future().get());
}

TEST(HttpClient, ADrainWaitsForTheEndOnlyBriefly) {
  Origin origin({}, [&](const OriginRequest&, OriginConnection& connection) {
    connection.write(std::string(kChunkedHead) + "3\r\nabc\r\n");
    connection.stay_silent();
  });
  Client client;
  const auto sink = std::make_shared<RecordingSink>();
  sink->wish = [](const std::string&) { return BodyWish::kDrain; };
  const auto started = std::chrono::steady_clock::now();
  EXPECT_TRUE(client.send(call_to(origin), sink));
  EXPECT_LT(std::chrono::steady_clock::now() - started, 2s);
}

TEST(HttpClient, ThrowsWhatTheSinkThrows) {
  Origin origin({}, answer(http_response(200, "x")));
  Client client;
  const auto sink = std::make_shared<RecordingSink>();
  sink->wish = [](const std::string&) -> BodyWish { throw std::logic_error("sink"); };
  EXPECT_THROW(static_cast<void>(client.send(call_to(origin), sink)), std::logic_error);
}

TEST(HttpClient, CancellationClosesTheConnection) {
  std::promise<bool> left;
  Origin origin({}, [&](const OriginRequest&, OriginConnection& connection) {
    connection.write(std::string(kChunkedHead) + "3\r\nabc\r\n");
    left.set_value(!connection.pause(1s));
  });
  Client client;
  const auto sink = std::make_shared<RecordingSink>();
  sink->wish = [&](const std::string&) {
    client.leave.emit(asio::cancellation_type::terminal);
    return BodyWish::kMore;
  };
  EXPECT_THROW(static_cast<void>(client.send(call_to(origin), sink)), boost::system::system_error);
  EXPECT_TRUE(left.get_future().get());
}

}  // namespace
}  // namespace graphrail::net
