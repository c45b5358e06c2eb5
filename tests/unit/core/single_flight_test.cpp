// Many callers, one piece of work: joined, left, failed, thrown.
#include "core/single_flight.h"

#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace graphrail::core {
namespace {

namespace asio = boost::asio;

/// Work that ends when the test opens the gate.
struct Gate {
  explicit Gate(asio::io_context& context) : timer(context) {
    timer.expires_at(asio::steady_timer::time_point::max());
  }
  asio::awaitable<int> pass() {
    ++started;
    boost::system::error_code ignored;
    auto token = asio::redirect_error(asio::use_awaitable, ignored);
    co_await timer.async_wait(token);
    co_return 42;
  }
  void open() { timer.cancel(); }

  asio::steady_timer timer;
  int started = 0;
};

asio::awaitable<void> call(SingleFlight<int>* flights, Gate* gate, std::vector<int>* results) {
  SingleFlight<int>::Work work = [gate] { return gate->pass(); };
  auto result = flights->run("key", std::move(work));
  results->push_back(co_await std::move(result));
}

TEST(SingleFlight, TwoHundredCallersCauseOnePieceOfWork) {
  asio::io_context context;
  SingleFlight<int> flights;
  Gate gate(context);
  std::vector<int> results;
  for (int i = 0; i < 200; ++i)
    asio::co_spawn(context, call(&flights, &gate, &results), asio::detached);
  asio::post(context, [&] { asio::post(context, [&] { gate.open(); }); });
  context.run();
  EXPECT_EQ(gate.started, 1);
  EXPECT_EQ(results, std::vector<int>(200, 42));
  EXPECT_EQ(flights.running(), 0U);
}

TEST(SingleFlight, ACallerWhoLeavesCancelsNothingForTheOthers) {
  asio::io_context context;
  SingleFlight<int> flights;
  Gate gate(context);
  std::vector<int> results;
  bool aborted = false;
  asio::cancellation_signal leave;
  asio::co_spawn(context, call(&flights, &gate, &results),
                 asio::bind_cancellation_slot(leave.slot(), [&](std::exception_ptr thrown) {
                   aborted = thrown != nullptr;
                 }));
  asio::co_spawn(context, call(&flights, &gate, &results), asio::detached);
  context.poll();
  leave.emit(asio::cancellation_type::terminal);
  context.poll();
  EXPECT_TRUE(aborted);
  EXPECT_EQ(gate.started, 1);
  gate.open();
  context.run();
  EXPECT_EQ(results, std::vector<int>{42});
}

asio::awaitable<int> throw_once(int* calls) {
  if (++*calls == 1) throw std::runtime_error("first flight fails");
  co_return 7;
}

asio::awaitable<void> expect_failure_then_success(SingleFlight<int>* flights, int* calls,
                                                  int* value) {
  SingleFlight<int>::Work work = [calls] { return throw_once(calls); };
  bool failed = false;
  try {
    auto first = flights->run("key", work);
    co_await std::move(first);
  } catch (const std::runtime_error&) {
    failed = true;
  }
  EXPECT_TRUE(failed);
  auto second = flights->run("key", work);
  *value = co_await std::move(second);
}

TEST(SingleFlight, AFailureReachesItsCallersAndIsForgotten) {
  asio::io_context context;
  SingleFlight<int> flights;
  int calls = 0;
  int value = 0;
  asio::co_spawn(context, expect_failure_then_success(&flights, &calls, &value), asio::detached);
  context.run();
  EXPECT_EQ(calls, 2);
  EXPECT_EQ(value, 7);
}

asio::awaitable<int> count_up(std::atomic<int>* running, std::atomic<int>* most) {
  const int now = ++*running;
  int seen = most->load();
  while (now > seen && !most->compare_exchange_weak(seen, now)) {
  }
  const auto executor = co_await asio::this_coro::executor;
  co_await asio::post(executor, asio::use_awaitable);
  --*running;
  co_return 1;
}

asio::awaitable<void> call_many(SingleFlight<int>* flights, std::atomic<int>* running,
                                std::atomic<int>* most, std::atomic<int>* total) {
  for (int i = 0; i < 200; ++i) {
    SingleFlight<int>::Work work = [running, most] { return count_up(running, most); };
    auto result = flights->run("key", std::move(work));
    *total += co_await std::move(result);
  }
}

TEST(SingleFlight, HoldsAcrossThreads) {
  asio::thread_pool threads(4);
  SingleFlight<int> flights;
  std::atomic<int> running{0};
  std::atomic<int> most{0};
  std::atomic<int> total{0};
  for (int i = 0; i < 16; ++i) {
    asio::co_spawn(asio::make_strand(threads), call_many(&flights, &running, &most, &total),
                   asio::detached);
  }
  threads.join();
  EXPECT_EQ(most.load(), 1);
  EXPECT_EQ(total.load(), 16 * 200);
}

}  // namespace
}  // namespace graphrail::core
