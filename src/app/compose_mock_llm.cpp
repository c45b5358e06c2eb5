#include "app/compose_mock_llm.h"

#include <limits>
#include <utility>

#include "app/compose.h"
#include "app/mock_llm/mock_handler.h"
#include "core/clock.h"
#include "core/random.h"
#include "http/middlewares.h"
#include "http/request_metrics.h"
#include "observe/error_reporter.h"
#include "observe/metrics.h"

namespace graphrail::app {
namespace {

/// A prompt with the longest text there is, every character escaped, stays below this.
constexpr std::size_t kBodyLimitBytes = 16UL * 1024 * 1024;

http::ServerOptions make_server_options(const MockLlmCommand& command,
                                        const config::Settings& settings) {
  return {.bind = command.bind,
          .port = command.port,
          .threads = static_cast<unsigned>(settings.io_threads),
          .max_connections = settings.max_connections,
          .body_limit_bytes = kBodyLimitBytes,
          // Its answers are the measure of others' latency, so none is packed.
          .gzip_minimum_bytes = std::numeric_limits<std::size_t>::max()};
}

}  // namespace

core::Result<MockLlmService> compose_mock_llm(const MockLlmCommand& command,
                                              const config::Settings& settings) {
  auto clock = std::make_shared<core::SystemClock>();
  auto random = core::make_system_random();
  auto metrics = std::make_shared<observe::Metrics>();
  // The rules engine runs here.
  auto pool = std::make_shared<core::WorkPool>(worker_thread_count(settings), settings.work_queue);
  http::Handler routes = mock_llm::make_mock_handler(
      {.keys = {.only = command.key, .no_key_needed = command.no_key_needed},
       .fault = command.fault,
       .pool = pool,
       .clock = clock,
       .random = random});
  // As in api/middleware_order.cpp, without the guard of a web page.
  auto request_metrics = std::make_shared<http::RequestMetrics>(metrics);
  http::Handler handler = http::apply_middlewares(
      {http::make_request_id_middleware(random),
       http::make_access_log_middleware(std::move(request_metrics), clock),
       http::make_error_barrier_middleware(observe::make_log_error_reporter())},
      std::move(routes));
  auto server = http::make_server(make_server_options(command, settings), std::move(handler),
                                  {metrics, clock, random});
  if (!server) return core::fail(std::move(server.error()));
  return MockLlmService{std::move(pool), std::move(*server)};
}

}  // namespace graphrail::app
