#include "core/clock.h"

#include <gtest/gtest.h>

namespace graphrail::core {
namespace {

using std::chrono::milliseconds;

TEST(ManualClock, StandsStillUntilTold) {
  ManualClock clock(1'000);
  const auto steady = clock.steady_now();
  EXPECT_EQ(clock.unix_seconds(), 1'000);
  clock.advance(milliseconds(1'999));
  EXPECT_EQ(clock.unix_seconds(), 1'001);
  EXPECT_EQ(clock.steady_now() - steady, milliseconds(1'999));
}

TEST(Clock, SecondsBeforeTheEpochAreRoundedDown) {
  ManualClock clock(0);
  clock.advance(milliseconds(-1));
  EXPECT_EQ(clock.unix_seconds(), -1);
}

TEST(SystemClock, ReadsTheSystem) {
  const SystemClock clock;
  EXPECT_GT(clock.unix_seconds(), 1'700'000'000);
  const auto first = clock.steady_now();
  EXPECT_LE(first, clock.steady_now());
}

}  // namespace
}  // namespace graphrail::core
