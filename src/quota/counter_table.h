// The counters of the embedded ledger in memory: for each window a map from a subject's text to the
// units used. One thread (the ledger's writer) changes them, any thread reads them: the table is
// cut into shards whose locks are held for one look-up.
#pragma once

#include <array>
#include <boost/unordered/unordered_flat_map.hpp>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "quota/hashed_text.h"
#include "quota/window.h"

namespace graphrail::quota {

class CounterTable {
 public:
  /// Units used; 0 for a counter that does not exist. Any thread.
  [[nodiscard]] std::uint64_t used(Window window, std::string_view subject) const;

  /// Adds `units`, creating the counter where needed. The writer only.
  void add(Window window, std::string_view subject, std::uint64_t units);

  /// Takes `units` off, never below zero; a counter at zero goes, and one that does not exist stays
  /// away. The writer only.
  void subtract(Window window, std::string_view subject, std::uint64_t units);

  /// Frees the counters of windows before `oldest` in at most one shard, so that a day with many
  /// callers is not paid for in one pause: true while there may be more. The writer only.
  bool drop_before(Window oldest);

  /// Counters of all windows; walks the shards. Any thread.
  [[nodiscard]] std::size_t size() const;

 private:
  using Counters = boost::unordered_flat_map<std::string, std::uint64_t, TextHash, TextEqual>;
  struct Day {
    Window window;
    Counters counters;
  };
  /// On its own cache line, so that readers of different shards do not slow each other.
  struct alignas(64) Shard {
    mutable std::mutex mutex;
    /// Two at most in practice: today's, and yesterday's for refunds.
    std::vector<Day> days;

    [[nodiscard]] const Counters* find(Window window) const noexcept;
    [[nodiscard]] Counters& get(Window window);
  };

  static constexpr std::size_t kShards = 64;

  [[nodiscard]] static std::size_t shard_of(const HashedText& subject) noexcept;

  std::array<Shard, kShards> shards_;
  std::size_t next_to_drop_ = 0;
};

}  // namespace graphrail::quota
