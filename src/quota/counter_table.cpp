#include "quota/counter_table.h"

#include <algorithm>
#include <utility>

namespace graphrail::quota {

std::uint64_t CounterTable::used(Window window, std::string_view subject) const {
  const HashedText hashed(subject);
  const Shard& shard = shards_[shard_of(hashed)];
  const std::scoped_lock lock(shard.mutex);
  const Counters* counters = shard.find(window);
  if (counters == nullptr) return 0;
  const auto found = counters->find(hashed);
  return found == counters->end() ? 0 : found->second;
}

void CounterTable::add(Window window, std::string_view subject, std::uint64_t units) {
  const HashedText hashed(subject);
  Shard& shard = shards_[shard_of(hashed)];
  const std::scoped_lock lock(shard.mutex);
  Counters& counters = shard.get(window);
  const auto found = counters.find(hashed);
  if (found != counters.end()) {
    found->second += units;
  } else {
    counters.emplace(std::string(subject), units);
  }
}

void CounterTable::subtract(Window window, std::string_view subject, std::uint64_t units) {
  const HashedText hashed(subject);
  Shard& shard = shards_[shard_of(hashed)];
  const std::scoped_lock lock(shard.mutex);
  if (shard.find(window) == nullptr) return;
  Counters& counters = shard.get(window);
  const auto found = counters.find(hashed);
  if (found == counters.end()) return;
  if (found->second > units) {
    found->second -= units;
  } else {
    counters.erase(found);
  }
}

bool CounterTable::drop_before(Window oldest) {
  for (std::size_t i = 0; i < kShards; ++i) {
    Shard& shard = shards_[next_to_drop_];
    next_to_drop_ = (next_to_drop_ + 1) % kShards;
    std::vector<Day> dropped;
    {
      const std::scoped_lock lock(shard.mutex);
      const auto is_kept = [oldest](const Day& day) { return day.window >= oldest; };
      const auto past = std::ranges::partition(shard.days, is_kept);
      // Freed outside the lock, because it takes time.
      dropped.assign(std::make_move_iterator(past.begin()), std::make_move_iterator(past.end()));
      shard.days.erase(past.begin(), past.end());
    }
    if (!dropped.empty()) return true;
  }
  return false;
}

std::size_t CounterTable::size() const {
  std::size_t sum = 0;
  for (const Shard& shard : shards_) {
    const std::scoped_lock lock(shard.mutex);
    for (const Day& day : shard.days) sum += day.counters.size();
  }
  return sum;
}

const CounterTable::Counters* CounterTable::Shard::find(Window window) const noexcept {
  const auto found = std::ranges::find(days, window, &Day::window);
  return found == days.end() ? nullptr : &found->counters;
}

CounterTable::Counters& CounterTable::Shard::get(Window window) {
  const auto found = std::ranges::find(days, window, &Day::window);
  if (found != days.end()) return found->counters;
  days.push_back({window, {}});
  return days.back().counters;
}

std::size_t CounterTable::shard_of(const HashedText& subject) noexcept {
  // The high bits: the maps use the low ones.
  return subject.hash >> 58U;
}

}  // namespace graphrail::quota
