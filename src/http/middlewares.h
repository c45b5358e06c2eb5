// The middlewares that any HTTP service needs. Which ones run, and in what order, is decided in
// api/middleware_order.cpp. All are safe to share between I/O threads.
#pragma once

#include <memory>

#include "core/clock.h"
#include "core/random.h"
#include "http/middleware.h"
#include "http/request_metrics.h"
#include "observe/error_reporter.h"

namespace graphrail::http {

/// Gives the request its id (observe/request_id.h), unless it has one, and echoes it as
/// X-Request-Id. Outermost, so that every other middleware can name the request.
[[nodiscard]] std::shared_ptr<Middleware> make_request_id_middleware(
    std::shared_ptr<core::Random> random);

/// Counts and times requests, and writes one log line each: request_id, method, route, path
/// (without the query, which may hold what a user typed), status, bytes of the body before
/// compression, ms, peer. Probes and scrapes (/livez, /readyz, /health, /metrics) are logged at
/// debug, the rest at info. A streamed answer counts when its stream ends.
[[nodiscard]] std::shared_ptr<Middleware> make_access_log_middleware(
    std::shared_ptr<RequestMetrics> metrics, std::shared_ptr<core::Clock> clock);

/// Turns an exception into a 500 problem `internal_error`; what was thrown goes to the reporter
/// only.
[[nodiscard]] std::shared_ptr<Middleware> make_error_barrier_middleware(
    std::shared_ptr<observe::ErrorReporter> reporter);

/// Adds the fields of security_headers() to every answer. A handler that sets one of them itself
/// (the docs page its own Content-Security-Policy) keeps its own.
[[nodiscard]] std::shared_ptr<Middleware> make_security_headers_middleware();

/// nosniff, no referrer, no framing, same-origin isolation, and a policy that allows only what the
/// service itself serves.
[[nodiscard]] std::shared_ptr<const FieldBlock> security_headers();

}  // namespace graphrail::http
