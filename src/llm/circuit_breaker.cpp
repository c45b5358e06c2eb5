#include "llm/circuit_breaker.h"

#include <algorithm>

namespace graphrail::llm {
namespace {

using std::chrono::milliseconds;

/// While a probe is under way: its answer may come at any moment.
constexpr milliseconds kProbeWait{1'000};

}  // namespace

std::optional<milliseconds> CircuitBreaker::wait_time(TimePoint now) const noexcept {
  if (state_ == CircuitState::kClosed) return std::nullopt;
  if (state_ == CircuitState::kOpen && now < open_until_) {
    return std::chrono::ceil<milliseconds>(open_until_ - now);
  }
  if (is_probing_) return kProbeWait;
  return std::nullopt;
}

std::optional<milliseconds> CircuitBreaker::admit(TimePoint now) noexcept {
  if (const auto wait = wait_time(now)) return wait;
  if (state_ == CircuitState::kClosed) return std::nullopt;
  state_ = CircuitState::kHalfOpen;
  is_probing_ = true;
  return std::nullopt;
}

void CircuitBreaker::note_answer() noexcept {
  state_ = CircuitState::kClosed;
  outages_ = 0;
  is_probing_ = false;
}

bool CircuitBreaker::note_outage(TimePoint now) noexcept {
  // A request from before the opening tells nothing new.
  if (state_ == CircuitState::kOpen) return false;
  ++outages_;
  const bool opens = state_ == CircuitState::kHalfOpen ||
                     (limits_.outages_to_open > 0 && outages_ >= limits_.outages_to_open);
  if (!opens) return false;
  state_ = CircuitState::kOpen;
  open_until_ = now + limits_.pause;
  is_probing_ = false;
  return true;
}

void CircuitBreaker::note_nothing() noexcept { is_probing_ = false; }

}  // namespace graphrail::llm
