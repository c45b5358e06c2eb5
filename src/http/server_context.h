// What all workers and connections of one server share: options and handler, fixed before the
// first thread starts, and counters that any thread may touch.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>

#include "core/random.h"
#include "http/request_metrics.h"
#include "http/server.h"

namespace graphrail::http {

/// Counts open connections against the limit and lets stop() wait for the last one to end.
class ConnectionCount {
 public:
  /// False, without counting, when `limit` connections are open.
  [[nodiscard]] bool try_add(std::size_t limit) noexcept {
    if (open_.fetch_add(1) < limit) return true;
    remove();
    return false;
  }
  void remove() noexcept {
    if (open_.fetch_sub(1) == 1 && is_awaited_) {
      const std::scoped_lock lock(mutex_);
      none_left_.notify_all();
    }
  }
  /// True once none is open; false when `patience` runs out first.
  bool wait_for_none(std::chrono::milliseconds patience) {
    is_awaited_ = true;
    std::unique_lock lock(mutex_);
    return none_left_.wait_for(lock, patience, [this] { return open_ == 0; });
  }

 private:
  std::atomic<std::size_t> open_{0};
  std::atomic<bool> is_awaited_{false};
  std::mutex mutex_;
  std::condition_variable none_left_;
};

struct ServerContext {
  ServerContext(ServerOptions server_options, Handler server_handler, ServerParts parts)
      : options(std::move(server_options)),
        handler(std::move(server_handler)),
        clock(std::move(parts.clock)),
        random(std::move(parts.random)),
        request_metrics(parts.metrics),
        connections(parts.metrics->gauge_family("graphrail_http_connections",
                                                "Open connections: idle ones wait for a request.")),
        accepted(parts.metrics->counter_family("graphrail_http_accepted_connections_total",
                                               "Connections by what became of them.")) {}

  const ServerOptions options;
  const Handler handler;
  const std::shared_ptr<const core::Clock> clock;
  const std::shared_ptr<core::Random> random;
  RequestMetrics request_metrics;
  prometheus::Family<prometheus::Gauge>& connections;
  prometheus::Family<prometheus::Counter>& accepted;
  ConnectionCount connection_count;
};

}  // namespace graphrail::http
