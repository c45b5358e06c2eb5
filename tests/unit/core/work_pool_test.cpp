// Values, refusals, exceptions and the end of a pool. Workers are held by latches, never by time.
#include "core/work_pool.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <latch>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "support/await.h"

namespace graphrail::core {
namespace {

namespace asio = boost::asio;
using Number = Result<int>;

asio::awaitable<Number> run_number(WorkPool* pool, std::function<int()> work) {
  co_return co_await pool->run(std::move(work));
}

/// Starts the coroutine on `context` without waiting for it.
template <class T>
std::future<T> start(asio::io_context& context, asio::awaitable<T> coroutine) {
  return asio::co_spawn(context, std::move(coroutine), asio::use_future);
}

/// One piece of work that has begun and does not end before it is let go.
struct Held {
  explicit Held(WorkPool& pool) {
    result = start(context, run_number(&pool, [this] {
                     begun.count_down();
                     let_go.wait();
                     return 1;
                   }));
    context.poll();
    begun.wait();
  }
  int finish() {
    let_go.count_down();
    context.restart();
    context.run();
    return result.get().value();
  }

  std::latch begun{1};
  std::latch let_go{1};
  asio::io_context context;
  std::future<Number> result;
};

TEST(WorkPool, GivesTheValueOfTheWork) {
  WorkPool pool(2, 4);
  EXPECT_EQ(test::await(run_number(&pool, [] { return 42; })).value(), 42);
}

asio::awaitable<Result<std::unique_ptr<std::string>>> run_move_only(WorkPool* pool) {
  auto text = std::make_unique<std::string>("moved");
  auto work = [text = std::move(text)]() mutable { return std::move(text); };
  co_return co_await pool->run(std::move(work));
}

TEST(WorkPool, CarriesValuesThatOnlyMove) {
  WorkPool pool(1, 1);
  EXPECT_EQ(*test::await(run_move_only(&pool)).value(), "moved");
}

struct Threads {
  std::thread::id before;
  std::thread::id inside;
  std::thread::id after;
};

asio::awaitable<Threads> run_and_compare(WorkPool* pool) {
  Threads seen;
  seen.before = std::this_thread::get_id();
  const auto inside = co_await pool->run([] { return std::this_thread::get_id(); });
  seen.inside = inside.value();
  seen.after = std::this_thread::get_id();
  co_return seen;
}

TEST(WorkPool, WorksElsewhereAndResumesTheCallerAtHome) {
  WorkPool pool(1, 1);
  const Threads seen = test::await(run_and_compare(&pool));
  EXPECT_NE(seen.inside, seen.before);
  EXPECT_EQ(seen.after, seen.before);
}

TEST(WorkPool, ThrowsWhatTheWorkThrowsAndGoesOn) {
  WorkPool pool(1, 1);
  const auto thrower = []() -> int { throw std::runtime_error("broken"); };
  EXPECT_THROW((void)test::await(run_number(&pool, thrower)), std::runtime_error);
  EXPECT_EQ(test::await(run_number(&pool, [] { return 2; })).value(), 2);
}

TEST(WorkPool, RefusesAtOnceWhenTheQueueIsFull) {
  WorkPool pool(1, 2);
  Held held(pool);
  asio::io_context context;
  std::vector<std::future<Number>> waiting;
  for (int i = 0; i < 2; ++i)
    waiting.push_back(start(context, run_number(&pool, [i] { return i; })));
  context.poll();
  EXPECT_EQ(pool.queued(), 2U);

  // await() returns although the only worker is held: the refusal waits for nobody.
  bool ran = false;
  const Number refused = test::await(run_number(&pool, [&ran] {
    ran = true;
    return 3;
  }));
  ASSERT_FALSE(refused.has_value());
  EXPECT_TRUE(refused.error().is(CoreError::kBusy));
  EXPECT_FALSE(refused.error().public_text().empty());

  EXPECT_EQ(held.finish(), 1);
  context.restart();
  context.run();
  EXPECT_EQ(waiting[0].get().value(), 0);
  EXPECT_EQ(waiting[1].get().value(), 1);
  EXPECT_EQ(pool.queued(), 0U);
  EXPECT_FALSE(ran);
  EXPECT_EQ(test::await(run_number(&pool, [] { return 4; })).value(), 4);
}

TEST(WorkPool, WithoutAQueueNothingIsAccepted) {
  WorkPool pool(1, 0);
  EXPECT_FALSE(test::await(run_number(&pool, [] { return 1; })).has_value());
}

TEST(WorkPool, FinishesWhatIsQueuedBeforeItGoes) {
  std::atomic<int> done = 0;
  asio::io_context context;
  std::vector<std::future<Number>> results;
  {
    WorkPool pool(2, 100);
    for (int i = 0; i < 100; ++i) {
      results.push_back(start(context, run_number(&pool, [&done] { return ++done; })));
    }
    context.poll();
  }
  EXPECT_EQ(done, 100);
  context.restart();
  context.run();
  for (auto& result : results) EXPECT_TRUE(result.get().has_value());
}

TEST(WorkPool, ManyCallersOnManyThreadsLoseNothing) {
  constexpr int kThreads = 4;
  constexpr int kEach = 250;
  std::atomic<int> ran = 0;
  std::atomic<int> accepted = 0;
  WorkPool pool(2, 16);
  {
    std::vector<std::jthread> callers;
    for (int t = 0; t < kThreads; ++t) {
      callers.emplace_back([&] {
        for (int i = 0; i < kEach; ++i) {
          if (test::await(run_number(&pool, [&ran] { return ++ran; }))) ++accepted;
        }
      });
    }
  }
  EXPECT_EQ(ran, accepted);
  EXPECT_EQ(accepted, kThreads * kEach);
}

/// What the work holds is let go on the worker before the caller resumes.
TEST(WorkPool, LetsGoOfTheWorkBeforeTheCallerResumes) {
  WorkPool pool(1, 1);
  auto held = std::make_shared<int>(5);
  const std::weak_ptr<int> watch = held;
  EXPECT_EQ(test::await(run_number(&pool, [held = std::move(held)] { return *held; })).value(), 5);
  EXPECT_TRUE(watch.expired());
}

}  // namespace
}  // namespace graphrail::core
