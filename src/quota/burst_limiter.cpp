#include "quota/burst_limiter.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <list>
#include <mutex>
#include <stdexcept>
#include <string>
#include <unordered_map>
#include <utility>

namespace graphrail::quota {
namespace {

constexpr std::size_t kMostShards = 16;
constexpr std::size_t kLongestKey = 256;

struct Caller {
  std::string key;
  SlidingWindow window;
};

}  // namespace

/// A part of the callers, the quietest first in the list.
class BurstLimiter::Shard {
 public:
  explicit Shard(std::size_t max_keys) : max_keys_(max_keys) {}

  BurstDecision admit(const BurstPolicy& policy, std::string_view key, std::int64_t now_ms) {
    const std::scoped_lock lock(mutex_);
    forget_idle(policy, now_ms);
    const auto found = callers_.find(key);
    if (found == callers_.end()) return insert(key).admit(policy, now_ms);
    const BurstDecision decision = found->second->window.admit(policy, now_ms);
    // A denied hit leaves the caller's place as it was, so the list stays in the order of the last
    // counted hit and what is idle stands in front.
    if (decision.admitted) order_.splice(order_.end(), order_, found->second);
    return decision;
  }

  BurstDecision check(const BurstPolicy& policy, std::string_view key, std::int64_t now_ms) const {
    const std::scoped_lock lock(mutex_);
    const auto found = callers_.find(key);
    if (found == callers_.end()) return SlidingWindow().check(policy, now_ms);
    return found->second->window.check(policy, now_ms);
  }

  std::size_t size() const {
    const std::scoped_lock lock(mutex_);
    return callers_.size();
  }

 private:
  SlidingWindow& insert(std::string_view key) {
    if (callers_.size() >= max_keys_) forget_first();
    order_.push_back({std::string(key), {}});
    callers_.emplace(order_.back().key, std::prev(order_.end()));
    return order_.back().window;
  }

  /// Two at most, so that a decision stays short and the idle still go faster than callers come.
  void forget_idle(const BurstPolicy& policy, std::int64_t now_ms) {
    for (int i = 0; i < 2 && !order_.empty(); ++i) {
      if (!order_.front().window.is_idle(policy, now_ms)) return;
      forget_first();
    }
  }

  void forget_first() {
    callers_.erase(order_.front().key);
    order_.pop_front();
  }

  const std::size_t max_keys_;
  mutable std::mutex mutex_;
  std::list<Caller> order_;
  std::unordered_map<std::string_view, std::list<Caller>::iterator> callers_;
};

BurstLimiter::BurstLimiter(BurstLimiterOptions options, std::shared_ptr<core::Clock> clock)
    : policy_(options.policy), clock_(std::move(clock)) {
  if (policy_.is_off() || policy_.limit > kLargestBurst || options.max_keys == 0) {
    throw std::invalid_argument("a burst limiter needs a limit and room for callers");
  }
  // A small table is one shard, so that its bound is exact.
  const std::size_t shards = options.max_keys < 1'024 ? 1 : kMostShards;
  for (std::size_t i = 0; i < shards; ++i) {
    shards_.push_back(std::make_unique<Shard>(options.max_keys / shards));
  }
}

BurstLimiter::~BurstLimiter() = default;

BurstDecision BurstLimiter::admit(std::string_view key) {
  key = key.substr(0, kLongestKey);
  return shard_of(key).admit(policy_, key, now_ms());
}

BurstDecision BurstLimiter::check(std::string_view key) const {
  key = key.substr(0, kLongestKey);
  return shard_of(key).check(policy_, key, now_ms());
}

std::size_t BurstLimiter::size() const {
  std::size_t sum = 0;
  for (const auto& shard : shards_) sum += shard->size();
  return sum;
}

BurstLimiter::Shard& BurstLimiter::shard_of(std::string_view key) const {
  return *shards_[std::hash<std::string_view>{}(key) % shards_.size()];
}

std::int64_t BurstLimiter::now_ms() const {
  const auto since_start = clock_->steady_now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since_start).count();
}

}  // namespace graphrail::quota
