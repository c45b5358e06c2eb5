#include "api/middleware_order.h"

#include <utility>

#include "api/guard_middlewares.h"
#include "http/middlewares.h"
#include "http/request_metrics.h"

namespace graphrail::api {

std::vector<std::shared_ptr<http::Middleware>> middlewares_outermost_first(const ApiParts& parts) {
  auto request_metrics = std::make_shared<http::RequestMetrics>(parts.metrics);
  return {
      // First, so that every later line of the log and every problem can name the request.
      http::make_request_id_middleware(parts.random),
      // Around all that can fail: counts and logs the answer that really goes out.
      http::make_access_log_middleware(std::move(request_metrics), parts.clock),
      // Around the barrier, so that the answer to a defect is as guarded as any other.
      http::make_security_headers_middleware(),
      // A defect in what follows becomes a 500 that the three above still see.
      http::make_error_barrier_middleware(parts.error_reporter),
      // Where a request comes from: the address behind trusted proxies.
      make_address_middleware(parts.identification.proxies),
      // Counts by that address, before anything is spent on checking who it is.
      make_burst_middleware(parts.burst_limiter, parts.burst_policy, parts.metrics),
      // Innermost: who it is, by token or own key.
      make_identify_middleware(parts.identification, parts.metrics),
  };
}

}  // namespace graphrail::api
