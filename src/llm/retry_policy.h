// When to try a model call again: pure arithmetic, so that tests never sleep. Follows what the
// official clients do (back-off 0.5 s doubling to 8 s with jitter, server hints first), inside one
// deadline that no retry may pass.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "llm/llm_error.h"

namespace graphrail::llm {

struct RetryLimits {
  /// Calls in all, the first included.
  int max_attempts = 3;
  std::chrono::milliseconds first_delay{500};
  std::chrono::milliseconds max_delay{8'000};
};

/// The wait before the next attempt, or nothing when there is to be none.
/// `failed_attempts` >= 1; `hint` is what the server asked for; `jitter` in [0, 1) shortens the
/// computed wait by up to a quarter (never a hinted one); `remaining` is the time left to the
/// deadline: a wait that would pass it means no retry.
[[nodiscard]] std::optional<std::chrono::milliseconds> next_delay(
    const RetryLimits& limits, LlmError error, int failed_attempts,
    std::optional<std::chrono::milliseconds> hint, double jitter,
    std::chrono::milliseconds remaining) noexcept;

/// Values of the response headers that say when to come back; empty when absent.
struct RetryHeaders {
  std::string_view retry_after_ms;
  /// Delay seconds or an HTTP date (RFC 9110 section 10.2.3).
  std::string_view retry_after;
  /// x-ratelimit-reset-requests and -tokens: "1s", "6m0s", "350ms"; 0 and -1 mean unknown.
  std::string_view reset_requests;
  std::string_view reset_tokens;
};

/// The longest reliable hint: retry-after-ms, then retry-after, then the larger of the two resets.
/// Nothing when none is readable, negative, or above an hour.
[[nodiscard]] std::optional<std::chrono::milliseconds> read_retry_hint(
    const RetryHeaders& headers, std::chrono::system_clock::time_point now);

/// "1s", "6m0s", "1h2m3.5s", "350ms" as Go writes durations; nothing when malformed.
[[nodiscard]] std::optional<std::chrono::milliseconds> parse_duration(std::string_view text);

}  // namespace graphrail::llm
