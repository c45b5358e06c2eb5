// Fixed windows: the time line cut into pieces of 86,400 s that begin at 00:00 UTC, numbered from
// 1970-01-01. The number is the last part of a counter's key and the same that @upstash/ratelimit
// computes for "1 d". Pure.
#pragma once

#include <cstdint>

namespace graphrail::quota {

inline constexpr std::int64_t kWindowSeconds = 86'400;

/// One window; it holds every second from `start` to the one before `reset`.
struct Window {
  std::int64_t number = 0;

  /// Unix seconds of 00:00 UTC of this day and of the next.
  [[nodiscard]] constexpr std::int64_t start() const noexcept { return number * kWindowSeconds; }
  [[nodiscard]] constexpr std::int64_t reset() const noexcept {
    return (number + 1) * kWindowSeconds;
  }
  constexpr auto operator<=>(const Window&) const noexcept = default;
};

/// The window in which the second `unix_seconds` lies; times before 1970 have negative numbers.
[[nodiscard]] Window window_at(std::int64_t unix_seconds) noexcept;

/// Whole seconds from `unix_seconds` to the next window, at least 1: what Retry-After says when the
/// daily quota is used up.
[[nodiscard]] std::int64_t seconds_to_reset(std::int64_t unix_seconds) noexcept;

}  // namespace graphrail::quota
