// The request metrics: graphrail_http_requests_total{route,method,code},
// graphrail_http_request_duration_seconds{route}, graphrail_http_requests_in_flight. Children are
// resolved through an insert-only table that readers walk without a lock. Safe from any thread.
#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "http/message.h"
#include "observe/metrics.h"

namespace graphrail::http {

class RequestMetrics {
 public:
  explicit RequestMetrics(std::shared_ptr<observe::Metrics> metrics);
  ~RequestMetrics();
  RequestMetrics(const RequestMetrics&) = delete;
  RequestMetrics& operator=(const RequestMetrics&) = delete;

  void begin() noexcept { in_flight_.Increment(); }
  /// Counts a request that ended. `route` is the template, "" becomes "unmatched".
  void end(std::string_view route, Method method, int status, std::chrono::nanoseconds duration);
  /// Counts a request the server answered itself before any route was looked up.
  void count_refused(Method method, int status);

 private:
  struct Child;
  /// Route, method and status make few combinations; any beyond this many share one child.
  static constexpr std::size_t kTableSize = 2048;

  Child& child_of(std::string_view route, Method method, int status);
  Child* make_child(std::string_view route, Method method, int status);

  std::shared_ptr<observe::Metrics> metrics_;
  prometheus::Family<prometheus::Counter>& requests_;
  prometheus::Family<prometheus::Histogram>& durations_;
  prometheus::Gauge& in_flight_;
  std::mutex make_mutex_;
  std::array<std::atomic<Child*>, kTableSize> table_{};
  const std::unique_ptr<Child> overflow_;
};

}  // namespace graphrail::http
