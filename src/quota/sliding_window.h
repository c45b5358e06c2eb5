// The times at which one caller was last admitted, kept exactly: a ring with room for as many as
// the limit allows, so that in no span of the window's length there are more. A decision looks at
// the oldest entry only, and that entry is the exact time to wait. Pure; one thread at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "quota/policy.h"

namespace graphrail::quota {

struct BurstDecision {
  bool admitted = false;
  /// Hits that would still be admitted at this moment, this one taken off.
  std::uint32_t remaining = 0;
  /// Until the next hit would be admitted; 0 when `remaining` is above 0.
  std::int64_t retry_after_ms = 0;

  /// Rounded up, as a Retry-After header needs it; 0 when there is nothing to wait for.
  [[nodiscard]] std::int64_t retry_after_seconds() const noexcept {
    return (retry_after_ms + 999) / 1'000;
  }
  bool operator==(const BurstDecision&) const = default;
};

class SlidingWindow {
 public:
  /// Admits and remembers the hit, or denies it and remembers nothing. `now_ms` is of a steady
  /// clock; an earlier time than the last counts as the last. O(1), amortised over growth.
  [[nodiscard]] BurstDecision admit(const BurstPolicy& policy, std::int64_t now_ms);

  /// What admit() would say, with nothing remembered and `remaining` not taken off.
  [[nodiscard]] BurstDecision check(const BurstPolicy& policy, std::int64_t now_ms) const noexcept;

  /// Whether every hit has left the window, so that forgetting it changes nothing.
  [[nodiscard]] bool is_idle(const BurstPolicy& policy, std::int64_t now_ms) const noexcept;

  /// Heap memory of the ring: at most 4 bytes for each hit the limit allows.
  [[nodiscard]] std::size_t heap_bytes() const noexcept {
    return ring_.capacity() * sizeof(std::uint32_t);
  }

 private:
  [[nodiscard]] std::uint32_t age_ms(std::uint32_t position, std::int64_t now_ms) const noexcept;
  [[nodiscard]] std::uint32_t count_expired(const BurstPolicy& policy,
                                            std::int64_t now_ms) const noexcept;
  void push(const BurstPolicy& policy, std::int64_t now_ms);

  /// The low 32 bits of each hit's time, the oldest at `oldest_`: ages stay below two windows, far
  /// from the 49 days after which those bits repeat.
  std::vector<std::uint32_t> ring_;
  std::uint32_t oldest_ = 0;
  std::uint32_t count_ = 0;
  std::int64_t last_ms_ = 0;
};

}  // namespace graphrail::quota
