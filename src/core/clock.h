// Time as an injected dependency: the wall clock decides windows and expiry dates, the steady clock
// measures durations. Tests inject ManualClock and never sleep.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace graphrail::core {

class Clock {
 public:
  using WallTime = std::chrono::system_clock::time_point;
  using SteadyTime = std::chrono::steady_clock::time_point;

  virtual ~Clock() = default;
  /// Safe from any thread.
  [[nodiscard]] virtual WallTime wall_now() const noexcept = 0;
  [[nodiscard]] virtual SteadyTime steady_now() const noexcept = 0;

  /// Whole seconds since 1970-01-01 00:00 UTC.
  [[nodiscard]] std::int64_t unix_seconds() const noexcept {
    return std::chrono::floor<std::chrono::seconds>(wall_now()).time_since_epoch().count();
  }
};

class SystemClock final : public Clock {
 public:
  [[nodiscard]] WallTime wall_now() const noexcept override {
    return std::chrono::system_clock::now();
  }
  [[nodiscard]] SteadyTime steady_now() const noexcept override {
    return std::chrono::steady_clock::now();
  }
};

/// A clock that stands still until told otherwise.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(std::int64_t unix_seconds = 1'800'000'000) : wall_ms_(unix_seconds * 1000) {}

  [[nodiscard]] WallTime wall_now() const noexcept override {
    return WallTime(std::chrono::milliseconds(wall_ms_.load()));
  }
  [[nodiscard]] SteadyTime steady_now() const noexcept override {
    return SteadyTime(std::chrono::milliseconds(steady_ms_.load()));
  }
  void advance(std::chrono::milliseconds by) noexcept {
    wall_ms_ += by.count();
    steady_ms_ += by.count();
  }

 private:
  std::atomic<std::int64_t> wall_ms_;
  std::atomic<std::int64_t> steady_ms_{0};
};

}  // namespace graphrail::core
