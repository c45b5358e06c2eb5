#include "support/server/test_server.h"

#include <stdexcept>
#include <string>
#include <utility>

#include "api/routes.h"
#include "core/clock.h"
#include "core/random.h"
#include "extract/rules_extractor.h"
#include "generate/generate.h"
#include "history/sqlite_graph_store.h"
#include "observe/error_reporter.h"
#include "observe/metrics.h"
#include "web/asset_handler.h"

namespace graphrail::test {
namespace {

constexpr unsigned kWorkers = 2;
constexpr std::chrono::milliseconds kGrace{5'000};

template <class T>
T value_or_throw(core::Result<T> result) {
  if (!result) throw std::runtime_error("TestServer: " + result.error().private_cause());
  return std::move(*result);
}

}  // namespace

TestServer::TestServer(TestServerOptions options)
    : pool_(std::make_shared<core::WorkPool>(kWorkers, options.work_queue)) {
  auto clock = options.clock ? options.clock : std::make_shared<core::SystemClock>();
  auto random = core::make_system_random();
  auto metrics = std::make_shared<observe::Metrics>();
  auto graphs = std::move(options.graphs);
  if (!graphs) {
    history::SqliteGraphStoreOptions store;
    store.file = folder_ / "graphs.db";
    graphs = value_or_throw(history::make_sqlite_graph_store(store, pool_, clock));
  }
  auto rules = std::move(options.extractor);
  if (!rules) rules = extract::make_rules_extractor(pool_);
  readiness_ = std::make_shared<SwitchableReadiness>(graphs);
  TestGuard guard = make_test_guard(options.guard, folder_.path(), clock, random, metrics);
  ledger_ = guard.embedded;

  generate::Generator::Parts generation{.rules = std::move(rules),
                                        .model = std::move(options.model),
                                        .own_key_model = std::move(options.guard.own_key_model),
                                        .own_key_check = std::move(guard.own_key_check),
                                        .meter = guard.meter,
                                        .pages = std::move(options.pages),
                                        .graphs = graphs,
                                        .clock = clock,
                                        .random = random};
  api::ApiParts parts;
  parts.generator = std::make_shared<generate::Generator>(std::move(generation));
  parts.graphs = graphs;
  parts.answers = std::move(guard.answers);
  parts.meter = std::move(guard.meter);
  parts.identification = std::move(guard.identification);
  parts.burst_limiter = std::move(guard.burst);
  parts.burst_policy = options.guard.burst;
  parts.metrics = metrics;
  parts.readiness = readiness_;
  parts.clock = clock;
  parts.random = random;
  parts.error_reporter = observe::make_log_error_reporter();
  parts.version = "1.2.3";
  parts.comment_interval = options.comment_interval;
  parts.embedded = [](std::string_view path) { return web::make_asset_handler(path); };
  options.server.secret_fields = api::secret_request_fields();
  server_ =
      value_or_throw(http::make_server(options.server, api::make_handler(std::move(parts)),
                                       {metrics, std::make_shared<core::SystemClock>(), random}));
  server_->start();
}

TestServer::~TestServer() {
  server_->stop(kGrace);
  if (ledger_) ledger_->stop();
}

}  // namespace graphrail::test
