#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <atomic>
#include <chrono>
#include <deque>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "quota/burst_limiter.h"
#include "quota/sliding_window.h"

namespace graphrail::quota {
namespace {

constexpr BurstPolicy kThreePerSecond{3, 1'000};

TEST(SlidingWindow, AdmitsUpToTheLimitAndSaysExactlyWhenAgain) {
  SlidingWindow window;
  EXPECT_EQ(window.admit(kThreePerSecond, 0), (BurstDecision{true, 2, 0}));
  EXPECT_EQ(window.admit(kThreePerSecond, 100), (BurstDecision{true, 1, 0}));
  EXPECT_EQ(window.admit(kThreePerSecond, 900), (BurstDecision{true, 0, 100}));
  EXPECT_EQ(window.admit(kThreePerSecond, 950), (BurstDecision{false, 0, 50}));
  EXPECT_EQ(window.admit(kThreePerSecond, 999), (BurstDecision{false, 0, 1}));
  EXPECT_EQ(window.admit(kThreePerSecond, 1'000), (BurstDecision{true, 0, 100}));
  EXPECT_EQ(window.admit(kThreePerSecond, 1'001), (BurstDecision{false, 0, 99}));
}

TEST(SlidingWindow, DoesNotDoubleTheLimitAcrossAnyBoundary) {
  SlidingWindow window;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(window.admit(kThreePerSecond, 999).admitted);
  for (std::int64_t now = 1'000; now < 1'999; ++now) {
    ASSERT_FALSE(window.admit(kThreePerSecond, now).admitted) << now;
  }
  EXPECT_TRUE(window.admit(kThreePerSecond, 1'999).admitted);
}

TEST(SlidingWindow, CheckingCountsNothing) {
  SlidingWindow window;
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(window.check(kThreePerSecond, 0), (BurstDecision{true, 3, 0}));
  }
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(window.admit(kThreePerSecond, i).admitted);
  EXPECT_EQ(window.check(kThreePerSecond, 10), (BurstDecision{false, 0, 990}));
  EXPECT_EQ(window.check(kThreePerSecond, 1'001), (BurstDecision{true, 2, 0}));
  EXPECT_TRUE(window.is_idle(kThreePerSecond, 1'002));
  EXPECT_FALSE(window.is_idle(kThreePerSecond, 1'001));
}

TEST(SlidingWindow, RoundsTheWaitUpToSeconds) {
  EXPECT_EQ((BurstDecision{false, 0, 1}.retry_after_seconds()), 1);
  EXPECT_EQ((BurstDecision{false, 0, 1'000}.retry_after_seconds()), 1);
  EXPECT_EQ((BurstDecision{false, 0, 1'001}.retry_after_seconds()), 2);
  EXPECT_EQ((BurstDecision{true, 1, 0}.retry_after_seconds()), 0);
}

RC_GTEST_PROP(SlidingWindow, IsTheListOfTimesThatItStandsFor, ()) {
  const BurstPolicy policy{*rc::gen::inRange<std::uint32_t>(1, 40), 1'000};
  // Beginning just below 2^32 ms, where the stored bits repeat.
  std::int64_t now = *rc::gen::inRange<std::int64_t>(4'294'960'000, 4'294'970'000);
  SlidingWindow window;
  std::deque<std::int64_t> times;
  for (const int step : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 200))) {
    now += step == 199 ? 5'000 : step % 60;
    while (!times.empty() && now - times.front() >= policy.window_ms) times.pop_front();
    const bool fits = times.size() < policy.limit;
    if (fits) times.push_back(now);
    const BurstDecision decision = window.admit(policy, now);
    RC_ASSERT(decision.admitted == fits);
    RC_ASSERT(decision.remaining == policy.limit - times.size());
    const std::int64_t wait = decision.remaining > 0 ? 0 : times.front() + policy.window_ms - now;
    RC_ASSERT(decision.retry_after_ms == wait);
    RC_ASSERT(window.heap_bytes() <= 4U * policy.limit);
  }
}

class Limiter {
 public:
  explicit Limiter(std::size_t max_keys) : limiter_({kThreePerSecond, max_keys}, clock_) {}
  BurstLimiter* operator->() { return &limiter_; }
  BurstLimiter& operator*() { return limiter_; }
  void advance(int ms) { clock_->advance(std::chrono::milliseconds(ms)); }

 private:
  std::shared_ptr<core::ManualClock> clock_ = std::make_shared<core::ManualClock>();
  BurstLimiter limiter_;
};

TEST(BurstLimiter, KeepsCallersApart) {
  Limiter limiter(100);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter->admit("a").admitted);
  EXPECT_EQ(limiter->admit("a"), (BurstDecision{false, 0, 1'000}));
  EXPECT_TRUE(limiter->admit("b").admitted);
  limiter.advance(1'000);
  EXPECT_TRUE(limiter->admit("a").admitted);
}

TEST(BurstLimiter, AnAbuseLimitCountsFailuresOnly) {
  Limiter limiter(100);
  for (int i = 0; i < 50; ++i) EXPECT_TRUE(limiter->check("a").admitted);
  EXPECT_EQ(limiter->size(), 0U);
  for (int i = 0; i < 3; ++i) (void)limiter->admit("a");
  EXPECT_FALSE(limiter->check("a").admitted);
}

TEST(BurstLimiter, ForgetsTheQuietestWhenItIsFull) {
  Limiter limiter(10);
  for (int i = 0; i < 10; ++i) {
    EXPECT_TRUE(limiter->admit("key" + std::to_string(i)).admitted);
    limiter.advance(1);
  }
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(limiter->admit("key0").admitted);
  EXPECT_TRUE(limiter->admit("new").admitted);
  EXPECT_EQ(limiter->size(), 10U);
  EXPECT_FALSE(limiter->check("key0").admitted);
  EXPECT_EQ(limiter->check("key1").remaining, 3U);
  EXPECT_EQ(limiter->check("key2").remaining, 2U);
}

TEST(BurstLimiter, IdleCallersGoAsOthersCome) {
  Limiter limiter(2'000);
  for (int i = 0; i < 1'000; ++i) (void)limiter->admit("old" + std::to_string(i));
  EXPECT_EQ(limiter->size(), 1'000U);
  limiter.advance(1'000);
  for (int i = 0; i < 1'000; ++i) (void)limiter->admit("new" + std::to_string(i));
  EXPECT_LT(limiter->size(), 1'300U);
}

TEST(BurstLimiter, NeverAdmitsOneTooManyFromManyThreads) {
  Limiter limiter(10'000);
  constexpr int kThreads = 8;
  std::vector<std::atomic<int>> admitted(20);
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 2'000; ++i) {
        const std::size_t key = static_cast<std::size_t>(i) % admitted.size();
        if (limiter->admit("key" + std::to_string(key)).admitted) ++admitted[key];
        (void)limiter->check("key" + std::to_string(key));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::atomic<int>& count : admitted) EXPECT_EQ(count, 3);
}

}  // namespace
}  // namespace graphrail::quota
