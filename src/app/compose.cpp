#include "app/compose.h"

#include <algorithm>
#include <filesystem>
#include <thread>

#include "api/routes.h"
#include "app/version.h"
#include "core/clock.h"
#include "core/random.h"
#include "core/work_pool.h"
#include "extract/rules_extractor.h"
#include "history/sqlite_graph_store.h"
#include "observe/error_reporter.h"
#include "observe/metrics.h"
#include "web/asset_handler.h"

namespace graphrail::app {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;

generate::GenerateLimits make_limits(const config::Settings& settings) {
  return {.minimum_text_chars = settings.min_text_chars,
          .maximum_text_chars = settings.max_text_chars,
          .anonymous_lifetime_seconds =
              static_cast<std::int64_t>(settings.graph_lifetime_days) * kSecondsPerDay};
}

http::ServerOptions make_server_options(const config::Settings& settings) {
  // JSON may spell a character with six bytes (\u4e2d), so the longest text must fit with them.
  constexpr std::size_t kBytesPerChar = 6;
  constexpr std::size_t kOtherMembersBytes = 64 * 1024;
  return {.bind = settings.bind,
          .port = static_cast<std::uint16_t>(settings.port),
          .threads = static_cast<unsigned>(settings.io_threads),
          .max_connections = settings.max_connections,
          .body_limit_bytes = settings.max_text_chars * kBytesPerChar + kOtherMembersBytes};
}

}  // namespace

unsigned worker_thread_count(const config::Settings& settings) noexcept {
  if (settings.worker_threads != 0) return static_cast<unsigned>(settings.worker_threads);
  return std::max(2U, std::thread::hardware_concurrency());
}

std::shared_ptr<generate::Generator> compose_generator(const config::Settings& settings) {
  // Reads texts beside the thread that writes results.
  auto pool = std::make_shared<core::WorkPool>(worker_thread_count(settings), settings.work_queue);
  // The engine that needs no key and no network.
  auto rules = extract::make_rules_extractor(pool);
  // The use case, without a store: what a command makes is printed, not kept.
  return std::make_shared<generate::Generator>(
      generate::Generator::Parts{.rules = std::move(rules),
                                 .graphs = nullptr,
                                 .clock = std::make_shared<core::SystemClock>(),
                                 .random = core::make_system_random(),
                                 .limits = make_limits(settings)});
}

core::Result<Service> compose_service(const config::Settings& settings) {
  // Time and chance, the two inputs that tests replace.
  auto clock = std::make_shared<core::SystemClock>();
  auto random = core::make_system_random();
  // Counters of everything below.
  auto metrics = std::make_shared<observe::Metrics>();
  // All work that blocks: the database, the rules.
  auto pool = std::make_shared<core::WorkPool>(worker_thread_count(settings), settings.work_queue);
  // Finished graphs, in one file of the data folder.
  const auto file = std::filesystem::path(settings.data_dir) / "graphrail.db";
  auto graphs = history::make_sqlite_graph_store({.file = file}, pool, clock);
  if (!graphs) return core::fail(std::move(graphs.error()));
  // The engine that needs no key and no network.
  auto rules = extract::make_rules_extractor(pool);
  // The use case.
  auto generator = std::make_shared<generate::Generator>(
      generate::Generator::Parts{.rules = std::move(rules),
                                 .graphs = *graphs,
                                 .clock = clock,
                                 .random = random,
                                 .limits = make_limits(settings)});
  // What /readyz answers, and the switch for it.
  auto readiness = std::make_shared<ServiceReadiness>(*graphs);
  // Every endpoint within the middlewares.
  http::Handler handler = api::make_handler(
      {.generator = std::move(generator),
       .graphs = *graphs,
       .metrics = metrics,
       .readiness = readiness,
       .clock = clock,
       .random = random,
       .error_reporter = observe::make_log_error_reporter(),
       .version = std::string(version()),
       .embedded = [](std::string_view path) { return web::make_asset_handler(path); }});
  // The listener, bound here and started by the caller.
  auto server = http::make_server(make_server_options(settings), std::move(handler),
                                  {metrics, clock, random});
  if (!server) return core::fail(std::move(server.error()));
  return Service{std::move(readiness), std::move(*server)};
}

}  // namespace graphrail::app
