#include "http/request_metrics.h"

#include <functional>
#include <utility>

namespace graphrail::http {
namespace {

constexpr std::string_view kUnmatched = "unmatched";

/// Seconds; a cached answer takes microseconds, a generation may take minutes.
const prometheus::Histogram::BucketBoundaries kDurationBuckets{
    0.001, 0.005, 0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120};

std::size_t hash_of(std::string_view route, Method method, int status) {
  const std::size_t route_hash = std::hash<std::string_view>{}(route);
  return route_hash ^ (static_cast<std::size_t>(status) * 31 + static_cast<std::size_t>(method));
}

}  // namespace

struct RequestMetrics::Child {
  std::string route;
  Method method;
  int status;
  prometheus::Counter& count;
  prometheus::Histogram& duration;

  [[nodiscard]] bool is_for(std::string_view other_route, Method other_method,
                            int other_status) const noexcept {
    return status == other_status && method == other_method && route == other_route;
  }
};

RequestMetrics::RequestMetrics(std::shared_ptr<observe::Metrics> metrics)
    : metrics_(std::move(metrics)),
      requests_(metrics_->counter_family("graphrail_http_requests_total",
                                         "Requests answered, by route template.")),
      durations_(metrics_->histogram_family("graphrail_http_request_duration_seconds",
                                            "Time from a complete request to its answer.")),
      in_flight_(
          metrics_
              ->gauge_family("graphrail_http_requests_in_flight", "Requests being answered now.")
              .Add({})),
      overflow_(make_child("other", Method::kOther, 0)) {}

RequestMetrics::~RequestMetrics() {
  for (std::atomic<Child*>& slot : table_) delete slot.load();
}

RequestMetrics::Child* RequestMetrics::make_child(std::string_view route, Method method,
                                                  int status) {
  return new Child{.route = std::string(route),
                   .method = method,
                   .status = status,
                   .count = requests_.Add({{"route", std::string(route)},
                                           {"method", std::string(to_string(method))},
                                           {"code", std::to_string(status)}}),
                   .duration = durations_.Add({{"route", std::string(route)}}, kDurationBuckets)};
}

RequestMetrics::Child& RequestMetrics::child_of(std::string_view route, Method method, int status) {
  const std::size_t start = hash_of(route, method, status);
  for (std::size_t probe = 0; probe < kTableSize; ++probe) {
    Child* child = table_[(start + probe) % kTableSize].load(std::memory_order_acquire);
    if (!child) break;
    if (child->is_for(route, method, status)) return *child;
  }
  const std::scoped_lock lock(make_mutex_);
  for (std::size_t probe = 0; probe < kTableSize; ++probe) {
    std::atomic<Child*>& slot = table_[(start + probe) % kTableSize];
    Child* child = slot.load(std::memory_order_acquire);
    if (child && child->is_for(route, method, status)) return *child;
    if (child) continue;
    child = make_child(route, method, status);
    slot.store(child, std::memory_order_release);
    return *child;
  }
  return *overflow_;
}

void RequestMetrics::end(std::string_view route, Method method, int status,
                         std::chrono::nanoseconds duration) {
  Child& child = child_of(route.empty() ? kUnmatched : route, method, status);
  child.count.Increment();
  child.duration.Observe(std::chrono::duration<double>(duration).count());
  in_flight_.Decrement();
}

void RequestMetrics::count_refused(Method method, int status) {
  child_of(kUnmatched, method, status).count.Increment();
}

}  // namespace graphrail::http
