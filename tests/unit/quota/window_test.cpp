#include "quota/window.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>

namespace graphrail::quota {
namespace {

/// Any second from the year -29,000 to the year 33,000.
rc::Gen<std::int64_t> any_second() {
  return rc::gen::inRange<std::int64_t>(-1'000'000'000'000, 1'000'000'000'000);
}

TEST(Window, BeginsAtMidnightUtc) {
  // 2026-11-23 is the day with number 20,780.
  EXPECT_EQ(window_at(20'780 * 86'400).number, 20'780);
  EXPECT_EQ(window_at(20'780 * 86'400 - 1).number, 20'779);
  EXPECT_EQ(window_at(20'781 * 86'400 - 1).number, 20'780);
  EXPECT_EQ(window_at(0).number, 0);
  EXPECT_EQ(window_at(-1).number, -1);
  EXPECT_EQ(seconds_to_reset(20'780 * 86'400), 86'400);
  EXPECT_EQ(seconds_to_reset(20'781 * 86'400 - 1), 1);
}

RC_GTEST_PROP(Window, HoldsItsSecond, ()) {
  const std::int64_t now = *any_second();
  const Window window = window_at(now);
  RC_ASSERT(window.start() <= now);
  RC_ASSERT(now < window.reset());
  RC_ASSERT(window.reset() - window.start() == kWindowSeconds);
}

RC_GTEST_PROP(Window, WindowsMeetWithoutGapOrOverlap, ()) {
  const std::int64_t now = *any_second();
  const Window window = window_at(now);
  RC_ASSERT(window_at(window.start()) == window);
  RC_ASSERT(window_at(window.reset() - 1) == window);
  RC_ASSERT(window_at(window.reset()).number == window.number + 1);
  RC_ASSERT(window_at(window.start() - 1).number == window.number - 1);
}

RC_GTEST_PROP(Window, LaterSecondsNeverHaveEarlierWindows, ()) {
  const std::int64_t a = *any_second();
  const std::int64_t b = *any_second();
  RC_ASSERT(a > b || window_at(a).number <= window_at(b).number);
}

RC_GTEST_PROP(Window, IsTheCalendarsDay, ()) {
  using namespace std::chrono;
  const std::int64_t now = *any_second();
  const sys_days day = floor<days>(sys_seconds(seconds(now)));
  RC_ASSERT(window_at(now).number == day.time_since_epoch().count());
}

RC_GTEST_PROP(Window, WaitingForTheResetEndsInTheNextWindow, ()) {
  const std::int64_t now = *any_second();
  const std::int64_t wait = seconds_to_reset(now);
  RC_ASSERT(wait >= 1 && wait <= kWindowSeconds);
  RC_ASSERT(window_at(now + wait).number == window_at(now).number + 1);
  RC_ASSERT(window_at(now + wait - 1) == window_at(now));
}

}  // namespace
}  // namespace graphrail::quota
