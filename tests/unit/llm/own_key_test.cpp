// A key that a caller brought is gone after the call, and the client works across threads, as the
// program uses it.
#include <boost/asio/post.hpp>

#include "net/io_thread.h"
#include "support/memory_scan.h"
#include "support/origin/origin_process.h"
#include "unit/llm/client_world.h"

namespace graphrail::llm {
namespace {

namespace asio = boost::asio;

/// A client whose strand is on a thread of its own.
struct OtherThread {
  explicit OtherThread(std::uint16_t port) {
    OpenAiOptions options;
    options.base_url = "http://127.0.0.1:" + std::to_string(port) + "/v1";
    options.model = "m";
    options.retry.first_delay = 10ms;
    OpenAiParts parts;
    parts.clock = std::make_shared<SkippingClock>();
    parts.random = core::make_seeded_random(1);
    parts.metrics = std::make_shared<observe::Metrics>();
    client = make_openai_client(thread.executor(), std::move(options), parts).value();
  }

  core::Result<ChatAnswer> complete(ChatCall call, std::shared_ptr<ChatSink> sink) {
    auto future = asio::co_spawn(context, client->complete(std::move(call), std::move(sink)),
                                 asio::bind_cancellation_slot(leave.slot(), asio::use_future));
    context.restart();
    context.run();
    return future.get();
  }

  asio::io_context context;
  asio::cancellation_signal leave;
  net::IoThread thread;
  std::shared_ptr<ChatClient> client;
};

ChatCall call_with(std::shared_ptr<const core::Secret> key) {
  ChatCall call;
  call.request.messages = {{"system", "Extract."}, {"user", std::string(20'000, 'x')}};
  call.request.schema_name = "graph";
  call.key = std::move(key);
  call.deadline = std::chrono::steady_clock::now() + 5s;
  return call;
}

/// Complains with the key in its words, once; then answers whoever brings it.
void echo_then_answer(const OriginRequest& request, OriginConnection& connection) {
  static bool has_complained = false;
  const std::string key = request.field("authorization").substr(7);
  if (key.size() == test::Canary::kBytes && !has_complained) {
    connection.write(json_error(500, "{\"message\":\"overloaded " + key + "\"}"));
  } else if (key.size() == test::Canary::kBytes) {
    connection.write(good_stream());
  }
  has_complained = true;
}

TEST(OwnKey, LeavesNoTraceInMemoryAfterACallEvenWhenTheServerEchoesIt) {
  if (!test::can_scan_memory()) GTEST_SKIP() << "memory cannot be scanned under a sanitizer";
  // The static counts in the server's process, one thread per connection after another.
  const test_support::OriginProcess server({}, echo_then_answer);
  const test::Canary canary;
  OtherThread other(server.port());
  auto key = std::make_shared<const core::Secret>(canary.reveal());
  const auto answer = other.complete(call_with(std::move(key)), std::make_shared<TextSink>());
  ASSERT_TRUE(answer) << answer.error().private_cause();
  EXPECT_EQ(answer->attempts, 2);
  EXPECT_EQ(canary.count_in_memory(), 0U) << "client alive";
}

TEST(OwnKey, ACallerOnAnotherThreadMayLeaveMidStream) {
  std::promise<bool> closed;
  const Origin origin({}, [&](const OriginRequest&, OriginConnection& connection) {
    connection.write(std::string(kStreamHead) + content_event("x"));
    closed.set_value(!connection.pause(1s));
  });
  OtherThread other(origin.port());
  const auto sink = std::make_shared<TextSink>();
  sink->wants_more = [&](const std::string&) {
    asio::post(other.context, [&] { other.leave.emit(asio::cancellation_type::terminal); });
    return true;
  };
  EXPECT_THROW(static_cast<void>(other.complete(call_with(nullptr), sink)),
               boost::system::system_error);
  EXPECT_TRUE(closed.get_future().get());
}

}  // namespace
}  // namespace graphrail::llm
