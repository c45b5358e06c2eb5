#include "quota/sliding_window.h"

#include <algorithm>
#include <utility>

namespace graphrail::quota {

BurstDecision SlidingWindow::admit(const BurstPolicy& policy, std::int64_t now_ms) {
  if (count_ > 0) now_ms = std::max(now_ms, last_ms_);
  const std::uint32_t expired = count_expired(policy, now_ms);
  count_ -= expired;
  oldest_ = count_ == 0 ? 0 : (oldest_ + expired) % static_cast<std::uint32_t>(ring_.size());
  BurstDecision decision = check(policy, now_ms);
  if (!decision.admitted) return decision;
  push(policy, now_ms);
  decision.remaining = policy.limit - count_;
  if (decision.remaining == 0) decision.retry_after_ms = policy.window_ms - age_ms(0, now_ms);
  return decision;
}

BurstDecision SlidingWindow::check(const BurstPolicy& policy, std::int64_t now_ms) const noexcept {
  if (count_ > 0) now_ms = std::max(now_ms, last_ms_);
  const std::uint32_t expired = count_expired(policy, now_ms);
  const std::uint32_t count = count_ - expired;
  if (count < policy.limit) return {true, policy.limit - count, 0};
  return {false, 0, policy.window_ms - age_ms(expired, now_ms)};
}

bool SlidingWindow::is_idle(const BurstPolicy& policy, std::int64_t now_ms) const noexcept {
  return count_ == 0 || now_ms - last_ms_ >= policy.window_ms;
}

std::uint32_t SlidingWindow::age_ms(std::uint32_t position, std::int64_t now_ms) const noexcept {
  const std::size_t at = (oldest_ + position) % ring_.size();
  return static_cast<std::uint32_t>(now_ms) - ring_[at];
}

std::uint32_t SlidingWindow::count_expired(const BurstPolicy& policy,
                                           std::int64_t now_ms) const noexcept {
  if (is_idle(policy, now_ms)) return count_;
  // The times ascend, so the first that still counts is found by halving.
  std::uint32_t low = 0;
  std::uint32_t high = count_;
  while (low < high) {
    const std::uint32_t middle = low + (high - low) / 2;
    if (age_ms(middle, now_ms) >= policy.window_ms) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

void SlidingWindow::push(const BurstPolicy& policy, std::int64_t now_ms) {
  if (count_ == ring_.size()) {
    constexpr std::size_t kFirst = 4;
    std::vector<std::uint32_t> larger;
    const std::size_t size =
        std::min<std::size_t>(std::max(kFirst, ring_.size() * 2), policy.limit);
    larger.reserve(size);
    for (std::uint32_t i = 0; i < count_; ++i) larger.push_back(ring_[(oldest_ + i) % count_]);
    larger.resize(size);
    ring_ = std::move(larger);
    oldest_ = 0;
  }
  ring_[(oldest_ + count_) % ring_.size()] = static_cast<std::uint32_t>(now_ms);
  ++count_;
  last_ms_ = now_ms;
}

}  // namespace graphrail::quota
