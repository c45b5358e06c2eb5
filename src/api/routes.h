// The whole API on one screen, and what it is made of.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "api/guard_middlewares.h"
#include "api/readiness.h"
#include "core/clock.h"
#include "core/random.h"
#include "generate/generate.h"
#include "history/graph_store.h"
#include "history/idempotency_store.h"
#include "http/message.h"
#include "http/router.h"
#include "observe/error_reporter.h"
#include "observe/metrics.h"
#include "quota/meter.h"

namespace graphrail::api {

/// What the API depends on. The composition root fills every member; all are shared by all threads.
struct ApiParts {
  std::shared_ptr<generate::Generator> generator;
  std::shared_ptr<history::GraphStore> graphs;
  /// Answers to keep for clients that ask again.
  std::shared_ptr<history::IdempotencyStore> answers;
  /// What callers may use.
  std::shared_ptr<quota::Meter> meter;
  /// How callers are told apart.
  IdentificationParts identification;
  /// Null for no burst limit.
  std::shared_ptr<quota::BurstLimiter> burst_limiter;
  quota::BurstPolicy burst_policy;
  std::shared_ptr<observe::Metrics> metrics;
  std::shared_ptr<Readiness> readiness;
  /// Times requests.
  std::shared_ptr<core::Clock> clock;
  /// Makes request ids and the names of attempts.
  std::shared_ptr<core::Random> random;
  /// Hears of defects.
  std::shared_ptr<observe::ErrorReporter> error_reporter;
  /// Longest silence of an event stream before a comment keeps proxies from closing it.
  std::chrono::milliseconds comment_interval{15'000};
  /// The program's version as /health tells it.
  std::string version;
  /// The handler for the embedded file under a path (web::make_asset_handler).
  std::function<http::Handler(std::string_view path)> embedded;
};

/// The route table.
[[nodiscard]] std::vector<http::Route> make_routes(const ApiParts& parts);

/// The routes within the middlewares: what the server calls for every request.
[[nodiscard]] http::Handler make_handler(ApiParts parts);

}  // namespace graphrail::api
