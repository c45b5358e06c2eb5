// What hostile servers try, and the limits that end it. Deadlines are short here; the limits are
// the same code.
#include <gtest/gtest.h>
#include <zlib.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/system/system_error.hpp>
#include <future>

#include "net/fetch_error.h"
#include "net/fetcher.h"
#include "net/transfer.h"
#include "support/origin/hostile_scripts.h"
#include "support/origin/loopback_world.h"

namespace graphrail::net {
namespace {

using namespace std::chrono_literals;
using namespace test_support;

OriginOptions https() {
  OriginOptions options;
  options.authority = &shared_authority();
  return options;
}

struct Outcome {
  std::string reason;
  std::chrono::milliseconds elapsed;
  HopReceipt receipt;
};

Outcome fetch_from(const OriginOptions& origin, OriginScript script,
                   std::chrono::milliseconds deadline = 10s) {
  LoopbackWorld world(origin, std::move(script));
  auto options = world.options();
  options.limits.deadline = deadline;
  FetchClient client(options, world.dependencies());
  const auto started = std::chrono::steady_clock::now();
  const auto page = client.fetch("https://a.org/");
  const auto elapsed = std::chrono::steady_clock::now() - started;
  return {page ? "ok" : page.error().reason(),
          std::chrono::duration_cast<std::chrono::milliseconds>(elapsed),
          world.log->receipts.back()};
}

TEST(FetchLimits, EndlessChunksStopAtFiveMebibytes) {
  const Outcome outcome = fetch_from(https(), endless_chunks());
  EXPECT_EQ(outcome.reason, "too_large");
  EXPECT_LE(outcome.receipt.wire_bytes, 5U * 1024 * 1024 + 16 * 1024);
}

TEST(FetchLimits, ABombStopsAtFiveMebibytesDecoded) {
  const Outcome outcome = fetch_from(https(), gzip_bomb());
  EXPECT_EQ(outcome.reason, "too_large");
  EXPECT_LE(outcome.receipt.decoded_bytes, 5U * 1024 * 1024 + 1);
  EXPECT_LT(outcome.receipt.wire_bytes, 100'000U);
}

TEST(FetchLimits, AnnouncedSizeIsBelieved) {
  const Outcome outcome = fetch_from(https(), [](const OriginRequest&, OriginConnection& c) {
    c.write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 99999999\r\n\r\n");
    c.stay_silent();
  });
  EXPECT_EQ(outcome.reason, "too_large");
}

TEST(FetchLimits, DripsEndAtTheDeadline) {
  for (const OriginScript& script : {drip_body(), drip_head(), silence()}) {
    const Outcome outcome = fetch_from(https(), script, 300ms);
    EXPECT_EQ(outcome.reason, "timeout");
    EXPECT_GE(outcome.elapsed, 290ms);
    EXPECT_LT(outcome.elapsed, 5s);
  }
}

TEST(FetchLimits, AStalledHandshakeEndsAtTheDeadline) {
  auto stalled = https();
  stalled.stall_handshake = true;
  const Outcome outcome = fetch_from(stalled, silence(), 300ms);
  EXPECT_EQ(outcome.reason, "timeout");
  EXPECT_LT(outcome.elapsed, 5s);
}

TEST(FetchLimits, RedirectsShareOneDeadline) {
  const Outcome outcome = fetch_from(
      https(),
      [](const OriginRequest& request, OriginConnection& connection) {
        connection.pause(150ms);
        connection.write(http_response(302, "", {{"Location", request.target + "x"}}));
      },
      400ms);
  EXPECT_EQ(outcome.reason, "timeout");
  EXPECT_LT(outcome.elapsed, 5s);
}

TEST(FetchLimits, HeaderFloodsAndJunkAreBadResponses) {
  EXPECT_EQ(fetch_from(https(), header_flood()).reason, "bad_response");
  for (const char* bytes :
       {"HTTP/1.1 200 OK\r\nContent-Length: abc\r\n\r\nx", "no http at all\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\ncut short",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", ""}) {
    const Outcome outcome =
        fetch_from(https(), [bytes](const OriginRequest&, OriginConnection& c) { c.write(bytes); });
    EXPECT_EQ(outcome.reason, "bad_response") << bytes;
  }
}

TEST(FetchLimits, LargeBodiesTakeTurns) {
  const std::string body(3'000'000, 'a');
  LoopbackWorld world(https(), [&](const OriginRequest&, OriginConnection& connection) {
    connection.write(http_response(200, body, {{"Content-Type", "text/plain"}}));
  });
  auto options = world.options();
  options.limits.large_bodies = 1;
  FetchClient client(options, world.dependencies());
  std::vector<FetchRequest> requests;
  for (int i = 0; i < 4; ++i) requests.push_back({"https://a.org/" + std::to_string(i), "", ""});
  // Whoever holds a page holds its lease, so each is dropped as it arrives.
  int whole = 0;
  for (FetchRequest& request : requests) {
    boost::asio::co_spawn(client.context(), client.fetcher().fetch(std::move(request)),
                          [&](std::exception_ptr, core::Result<FetchedPage> page) {
                            if (page && page->body == body) ++whole;
                          });
  }
  client.context().run();
  EXPECT_EQ(whole, 4);
}

TEST(FetchLimits, OneTooManyIsOverloaded) {
  LoopbackWorld world(https(), silence());
  auto options = world.options();
  options.limits.max_concurrent = 2;
  options.limits.deadline = 300ms;
  FetchClient client(options, world.dependencies());
  std::vector<FetchRequest> requests;
  for (int i = 0; i < 3; ++i) requests.push_back({"https://a.org/" + std::to_string(i), "", ""});
  int overloaded = 0;
  for (const auto& page : client.fetch_all(std::move(requests))) {
    if (!page && page.error().is(FetchError::kOverloaded)) ++overloaded;
  }
  EXPECT_EQ(overloaded, 1);
}

TEST(FetchLimits, CancellingEndsTheConnection) {
  boost::asio::cancellation_signal signal;
  FetchClient* running = nullptr;
  std::promise<bool> gone;
  LoopbackWorld world(https(), [&](const OriginRequest&, OriginConnection& connection) {
    boost::asio::post(running->context(),
                      [&] { signal.emit(boost::asio::cancellation_type::terminal); });
    gone.set_value(!connection.pause(20s));
  });
  FetchClient client(world.options(), world.dependencies());
  running = &client;
  std::exception_ptr thrown;
  boost::asio::co_spawn(
      client.context(), client.fetcher().fetch({"https://a.org/", "", ""}),
      boost::asio::bind_cancellation_slot(
          signal.slot(),
          [&](std::exception_ptr error, const core::Result<FetchedPage>&) { thrown = error; }));
  client.context().run();
  ASSERT_TRUE(thrown);
  EXPECT_THROW(std::rethrow_exception(thrown), boost::system::system_error);
  EXPECT_EQ(world.log->receipts.back().verdict, "cancelled");
  EXPECT_TRUE(gone.get_future().get());
}

TEST(TransferGuard, RefusesAddressesThatTheRuleRefuses) {
  // As if everything before the socket had failed: a private address in the vetted set.
  LoopbackWorld world(https(), silence());
  boost::asio::io_context context;
  const auto multi = CurlMulti::create(context.get_executor());
  const AddressPolicy policy;
  TransferRequest request;
  request.url = *parse_url("https://a.org/");
  request.addresses = addresses({"127.0.0.1"});
  const auto transfer = std::make_shared<Transfer>(request, policy, world.connector,
                                                   std::make_shared<BodyBudget>(1), multi);
  std::string cause;
  boost::asio::co_spawn(multi->strand(), transfer->run(std::chrono::steady_clock::now() + 5s),
                        [&](std::exception_ptr, core::Result<TransferResponse> response) {
                          if (!response) cause = response.error().private_cause();
                        });
  context.run();
  EXPECT_EQ(cause, "guard: connection to an address not vetted");
  EXPECT_TRUE(world.connector->dialled().empty());
}

}  // namespace
}  // namespace graphrail::net
