// Politeness towards one host: a token bucket, and the memory of a Retry-After that has not passed
// yet. Pure apart from its bounded table; the clock is an argument. Not thread-safe: the owner
// calls it from one strand.
#pragma once

#include <chrono>
#include <cstddef>
#include <list>
#include <string>
#include <string_view>
#include <unordered_map>

namespace graphrail::net {

struct HostPacingOptions {
  /// Requests a second towards one host in the long run; 0 switches the bucket off.
  double rate_per_second = 2.0;
  /// Requests that may follow each other at once.
  double burst = 10.0;
  /// Longest time a Retry-After is remembered, whatever the host asks for.
  std::chrono::seconds max_hold{3600};
  /// Hosts remembered; the one used longest ago is forgotten first.
  std::size_t max_hosts = 4096;
};

class HostPacing {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  struct Admission {
    /// Rest of a Retry-After, rounded up; the request must not be made. 0 when there is none.
    std::chrono::seconds held{0};
    /// Time to wait before the request, which is counted already.
    std::chrono::milliseconds wait{0};
  };

  explicit HostPacing(HostPacingOptions options) : options_(options) {}

  /// Counts a request to `host` at `now`, unless the host is held.
  [[nodiscard]] Admission admit(std::string_view host, TimePoint now);

  /// Remembers that `host` asked for `wait` from `now` on.
  void hold(std::string_view host, std::chrono::seconds wait, TimePoint now);

  [[nodiscard]] std::size_t size() const noexcept { return hosts_.size(); }

 private:
  struct Entry {
    std::string host;
    double tokens = 0;
    TimePoint refilled;
    TimePoint held_until;
  };

  Entry& touch(std::string_view host, TimePoint now);

  HostPacingOptions options_;
  /// Most recently used first.
  std::list<Entry> entries_;
  std::unordered_map<std::string_view, std::list<Entry>::iterator> hosts_;
};

}  // namespace graphrail::net
