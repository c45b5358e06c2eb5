// One sliding window per caller, for limits that need no store: the burst limit of the API and the
// abuse limit (refused own keys, bad tokens). In memory, of this process. Safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "quota/sliding_window.h"

namespace graphrail::quota {

struct BurstLimiterOptions {
  BurstPolicy policy;
  /// Callers remembered at once. When there is no room for a new one, the caller who has been quiet
  /// for longest is forgotten: that is harmless after a window's length, and before that it lets
  /// that one caller begin anew rather than shut new ones out.
  std::size_t max_keys = 65'536;
};

class BurstLimiter {
 public:
  /// `policy` must not be off. Memory is bounded by max_keys * (about 250 + 4 * limit) bytes; a
  /// caller with few hits takes few.
  BurstLimiter(BurstLimiterOptions options, std::shared_ptr<core::Clock> clock);
  ~BurstLimiter();
  BurstLimiter(const BurstLimiter&) = delete;
  BurstLimiter& operator=(const BurstLimiter&) = delete;

  /// Counts one hit of `key` unless there were too many; a denied hit is not counted. Keys longer
  /// than 256 bytes are cut there.
  [[nodiscard]] BurstDecision admit(std::string_view key);

  /// Whether a hit would be admitted now; counts nothing and remembers nothing. An abuse limit
  /// checks every caller and admits (counts) only the failures.
  [[nodiscard]] BurstDecision check(std::string_view key) const;

  /// Callers remembered now.
  [[nodiscard]] std::size_t size() const;

 private:
  class Shard;
  [[nodiscard]] Shard& shard_of(std::string_view key) const;
  [[nodiscard]] std::int64_t now_ms() const;

  BurstPolicy policy_;
  std::shared_ptr<core::Clock> clock_;
  std::vector<std::unique_ptr<Shard>> shards_;
};

}  // namespace graphrail::quota
