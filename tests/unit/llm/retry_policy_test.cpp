// When to try again: pure arithmetic over errors, hints and the deadline.
#include "llm/retry_policy.h"

#include <gtest/gtest.h>

namespace graphrail::llm {
namespace {

using std::chrono::milliseconds;

const RetryLimits kLimits{};
const milliseconds kPlenty{60'000};

TEST(RetryPolicy, BacksOffExponentiallyWithJitterOnlyShortening) {
  EXPECT_EQ(next_delay(kLimits, LlmError::kUnavailable, 1, {}, 0.0, kPlenty), milliseconds(500));
  EXPECT_EQ(next_delay(kLimits, LlmError::kUnavailable, 2, {}, 0.0, kPlenty), milliseconds(1000));
  EXPECT_EQ(next_delay(kLimits, LlmError::kUnavailable, 1, {}, 1.0, kPlenty), milliseconds(375));
  RetryLimits many = kLimits;
  many.max_attempts = 50;
  EXPECT_EQ(next_delay(many, LlmError::kUnavailable, 40, {}, 0.0, kPlenty), milliseconds(8000));
}

TEST(RetryPolicy, NeverRetriesWhatIsFinalOrPastTheAttemptsOrTheDeadline) {
  for (const LlmError final_error : {LlmError::kWrongKey, LlmError::kInsufficientQuota,
                                     LlmError::kRefused, LlmError::kContentFiltered}) {
    EXPECT_FALSE(next_delay(kLimits, final_error, 1, milliseconds(1), 0.0, kPlenty));
  }
  EXPECT_FALSE(next_delay(kLimits, LlmError::kUnavailable, 3, {}, 0.0, kPlenty));
  EXPECT_FALSE(next_delay(kLimits, LlmError::kUnavailable, 1, {}, 0.0, milliseconds(500)));
  EXPECT_FALSE(next_delay(kLimits, LlmError::kRateLimited, 1, milliseconds(70'000), 0.0, kPlenty));
}

TEST(RetryPolicy, ObeysAHintWithoutJitter) {
  EXPECT_EQ(next_delay(kLimits, LlmError::kRateLimited, 1, milliseconds(1234), 0.9, kPlenty),
            milliseconds(1234));
}

TEST(RetryHint, PrefersTheMostPreciseHeader) {
  const auto now = std::chrono::system_clock::from_time_t(784'111'777);  // 1994-11-06 08:49:37 UTC
  EXPECT_EQ(read_retry_hint({"250", "9", "", ""}, now), milliseconds(250));
  EXPECT_EQ(read_retry_hint({"", "9", "1s", ""}, now), milliseconds(9000));
  EXPECT_EQ(read_retry_hint({"", "Sun, 06 Nov 1994 08:49:47 GMT", "", ""}, now),
            milliseconds(10'000));
  EXPECT_EQ(read_retry_hint({"", "Sunday, 06-Nov-94 08:49:47 GMT", "", ""}, now),
            milliseconds(10'000));
  EXPECT_EQ(read_retry_hint({"", "", "1s", "6m0s"}, now), milliseconds(360'000));
  EXPECT_FALSE(read_retry_hint({"", "", "0", "-1"}, now));
  EXPECT_FALSE(read_retry_hint({"-5", "soon", "", ""}, now));
  EXPECT_FALSE(read_retry_hint({"", "99999999", "", ""}, now));
}

TEST(Duration, ReadsWhatGoWrites) {
  EXPECT_EQ(parse_duration("1h2m3.5s"), milliseconds(3'723'500));
  EXPECT_EQ(parse_duration("350ms"), milliseconds(350));
  for (const char* bad : {"", "s", "5", "5x", "1..2s", "-1s", "nan"}) {
    EXPECT_FALSE(parse_duration(bad)) << bad;
  }
}

}  // namespace
}  // namespace graphrail::llm
