// Stops calling a server that is down: after several outages in a row nothing is sent for a while,
// then one request probes it (Nygard, "Release It!", circuit breaker). Pure: the time is an
// argument. Not thread-safe; lives on its client's strand.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

namespace graphrail::llm {

struct BreakerLimits {
  /// Outages in a row that open the circuit; 0 for never.
  int outages_to_open = 5;
  /// Time without a request before the probe.
  std::chrono::milliseconds pause{10'000};
};

enum class CircuitState : std::uint8_t { kClosed, kHalfOpen, kOpen };

class CircuitBreaker {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  explicit CircuitBreaker(BreakerLimits limits) : limits_(limits) {}

  /// Nothing when a request may be tried, else how long to stay away; takes no probe.
  [[nodiscard]] std::optional<std::chrono::milliseconds> wait_time(TimePoint now) const noexcept;

  /// As wait_time, and takes the probe when that is what may be tried. Each admission is answered
  /// by exactly one of the three below.
  [[nodiscard]] std::optional<std::chrono::milliseconds> admit(TimePoint now) noexcept;

  /// The server answered, whatever it said.
  void note_answer() noexcept;
  /// No connection, no answer in time, or a server error. Returns true when this opened the
  /// circuit.
  bool note_outage(TimePoint now) noexcept;
  /// The request ended without telling anything about the server.
  void note_nothing() noexcept;

  [[nodiscard]] CircuitState state() const noexcept { return state_; }

 private:
  BreakerLimits limits_;
  CircuitState state_ = CircuitState::kClosed;
  int outages_ = 0;
  TimePoint open_until_{};
  bool is_probing_ = false;
};

}  // namespace graphrail::llm
