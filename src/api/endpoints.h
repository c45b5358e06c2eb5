// The endpoints, one .cpp file each. A factory takes what its endpoint depends on and returns the
// handler; what the handler answers is documented in api/openapi.yaml. All are safe to call from
// several I/O threads and never block.
#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "api/readiness.h"
#include "generate/generate.h"
#include "history/graph_store.h"
#include "history/idempotency_store.h"
#include "http/message.h"
#include "observe/error_reporter.h"
#include "observe/metrics.h"
#include "quota/meter.h"

namespace graphrail::api {

struct GenerateParts {
  std::shared_ptr<generate::Generator> generator;
  std::shared_ptr<history::IdempotencyStore> answers;
  std::shared_ptr<quota::Meter> meter;
  std::shared_ptr<core::Clock> clock;
  std::shared_ptr<core::Random> random;
  std::shared_ptr<observe::ErrorReporter> error_reporter;
  std::chrono::milliseconds comment_interval{15'000};
};

/// POST /api/generate: decodes, generates, answers graph and meta as JSON; for clients that accept
/// text/event-stream the events of docs/api, with a comment after every `comment_interval` of
/// silence. An Idempotency-Key that was answered before gets the same answer again.
[[nodiscard]] http::Handler make_generate_handler(GenerateParts parts);

/// GET /api/generate/session/{id}: a saved graph as it was answered.
[[nodiscard]] http::Handler make_session_handler(std::shared_ptr<history::GraphStore> graphs);

/// GET /api/generate/session/{id}/source: the text a saved graph was made from.
[[nodiscard]] http::Handler make_session_source_handler(
    std::shared_ptr<history::GraphStore> graphs);

/// GET /api/usage: the caller's allowance, and whether their next generation would be charged.
[[nodiscard]] http::Handler make_usage_handler(std::shared_ptr<quota::Meter> meter,
                                               std::shared_ptr<generate::Generator> generator,
                                               std::shared_ptr<core::Clock> clock);

/// GET /health: version and state of the parts, for people and dashboards.
[[nodiscard]] http::Handler make_health_handler(std::shared_ptr<Readiness> readiness,
                                                std::string version);

/// GET /livez: the process answers.
[[nodiscard]] http::Handler make_liveness_handler();

/// GET /readyz: 200 when requests should come here, else 503.
[[nodiscard]] http::Handler make_readiness_handler(std::shared_ptr<Readiness> readiness);

/// GET /metrics: Prometheus text format.
[[nodiscard]] http::Handler make_metrics_handler(std::shared_ptr<observe::Metrics> metrics);

/// A 302 to `location`.
[[nodiscard]] http::Handler make_redirect_handler(std::string location);

}  // namespace graphrail::api
