#include "app/compose.h"

#include <algorithm>
#include <filesystem>
#include <thread>

#include "api/routes.h"
#include "app/compose_guard.h"
#include "app/compose_model.h"
#include "app/page_report.h"
#include "app/version.h"
#include "core/clock.h"
#include "core/random.h"
#include "core/work_pool.h"
#include "extract/rules_extractor.h"
#include "history/sqlite_graph_store.h"
#include "net/fetch_log.h"
#include "net/fetcher.h"
#include "observe/error_reporter.h"
#include "observe/log.h"
#include "observe/metrics.h"
#include "page/caching_page_reader.h"
#include "page/sqlite_page_cache.h"
#include "web/asset_handler.h"

namespace graphrail::app {
namespace {

constexpr std::int64_t kSecondsPerDay = 86'400;
/// Of a model call beside the text: the prompt and the schema of the answer, roughly.
constexpr std::uint64_t kInstructionTokens = 4'000;
constexpr std::int64_t kMebibyte = 1'048'576;
constexpr std::size_t kMemoryCacheBytes = 16 * kMebibyte;

generate::GenerateLimits make_limits(const config::Settings& settings) {
  return {.minimum_text_chars = settings.min_text_chars,
          .maximum_text_chars = settings.max_text_chars,
          .anonymous_lifetime_seconds =
              static_cast<std::int64_t>(settings.graph_lifetime_days) * kSecondsPerDay,
          .reserved_page_bytes = settings.max_content_chars,
          .chunk_chars = settings.max_content_chars,
          .reserved_chunk_tokens = settings.model_max_output_tokens + kInstructionTokens};
}

http::ServerOptions make_server_options(const config::Settings& settings) {
  return {.bind = settings.bind,
          .port = static_cast<std::uint16_t>(settings.port),
          .threads = static_cast<unsigned>(settings.io_threads),
          .max_connections = settings.max_connections,
          .secret_fields = api::secret_request_fields()};
}

std::vector<std::string> split_list(std::string_view list) {
  std::vector<std::string> entries;
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    const std::string_view entry = list.substr(0, comma);
    const std::size_t first = entry.find_first_not_of(' ');
    if (first != std::string_view::npos) {
      entries.emplace_back(entry.substr(first, entry.find_last_not_of(' ') + 1 - first));
    }
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
  }
  return entries;
}

/// Memory in front of a file. A cache that cannot be opened is said and done without.
std::shared_ptr<page::PageCache> make_page_cache(const config::Settings& settings,
                                                 const std::shared_ptr<core::WorkPool>& pool,
                                                 const std::shared_ptr<core::Clock>& clock) {
  auto front = page::make_memory_page_cache(kMemoryCacheBytes);
  const auto file = std::filesystem::path(settings.data_dir) / "pages.db";
  auto back = page::make_sqlite_page_cache(
      {.file = file, .max_bytes = static_cast<std::int64_t>(settings.page_cache_mb) * kMebibyte},
      pool, clock);
  if (!back) {
    observe::log_warn("page cache in memory only", {{"cause", back.error().private_cause()}});
    return front;
  }
  return page::make_layered_page_cache(std::move(front), std::move(*back));
}

/// Cache, else one vetted fetch. `outbound` must outlive the reader.
core::Result<std::shared_ptr<page::PageReader>> make_page_reader(
    const config::Settings& settings, net::IoThread& outbound,
    std::shared_ptr<page::PageCache> cache, std::shared_ptr<core::WorkPool> pool,
    std::shared_ptr<core::Clock> clock, std::shared_ptr<observe::Metrics> metrics) {
  net::FetchOptions options;
  auto policy = net::AddressPolicy::create({.allow_nets = split_list(settings.fetch_allow_nets),
                                            .allow_hosts = split_list(settings.fetch_allow_hosts)});
  if (!policy) return core::fail(std::move(policy.error()));
  options.policy = std::move(*policy);
  options.user_agent = settings.fetch_user_agent;
  options.ca_file = settings.fetch_ca_file;
  options.robots = settings.fetch_robots;
  net::FetchDependencies dependencies;
  dependencies.resolver = net::make_system_resolver();
  dependencies.observer = net::make_fetch_log(*metrics);
  dependencies.clock = clock;
  auto fetcher = std::make_shared<net::Fetcher>(outbound.executor(), std::move(options),
                                                std::move(dependencies));
  return page::make_caching_page_reader(
      {.cache = std::move(cache),
       .fetch = [fetcher](net::FetchRequest request) { return fetcher->fetch(std::move(request)); },
       .pool = std::move(pool),
       .clock = std::move(clock),
       .observer = std::make_shared<PageReport>(metrics),
       .limits = {.lifetime_seconds = static_cast<std::int64_t>(settings.cache_ttl_seconds),
                  .minimum_chars = settings.min_page_chars}});
}

/// What a command's page reader stands on; destroyed in reverse.
struct CommandPages {
  explicit CommandPages(unsigned threads, std::size_t queue)
      : pool(std::make_shared<core::WorkPool>(threads, queue)) {}

  net::IoThread outbound;
  std::shared_ptr<core::WorkPool> pool;
  std::shared_ptr<page::PageReader> reader;
};

}  // namespace

core::Result<std::shared_ptr<page::PageReader>> compose_page_reader(
    const config::Settings& settings) {
  auto parts = std::make_shared<CommandPages>(worker_thread_count(settings), settings.work_queue);
  auto reader = make_page_reader(
      settings, parts->outbound, page::make_memory_page_cache(kMemoryCacheBytes), parts->pool,
      std::make_shared<core::SystemClock>(), std::make_shared<observe::Metrics>());
  if (!reader) return core::fail(std::move(reader.error()));
  parts->reader = std::move(*reader);
  // The pointer to the reader keeps everything below it alive.
  return std::shared_ptr<page::PageReader>(parts, parts->reader.get());
}

unsigned worker_thread_count(const config::Settings& settings) noexcept {
  if (settings.worker_threads != 0) return static_cast<unsigned>(settings.worker_threads);
  return std::max(2U, std::thread::hardware_concurrency());
}

/// What a command's generator stands on; destroyed in reverse.
struct CommandGenerator {
  std::shared_ptr<net::IoThread> outbound;
  std::shared_ptr<generate::Generator> generator;
};

core::Result<std::shared_ptr<generate::Generator>> compose_generator(
    const config::Settings& settings) {
  // Reads texts beside the thread that writes results.
  auto pool = std::make_shared<core::WorkPool>(worker_thread_count(settings), settings.work_queue);
  // The engine that needs no key and no network.
  auto rules = extract::make_rules_extractor(pool);
  auto clock = std::make_shared<core::SystemClock>();
  auto random = core::make_system_random();
  // The model, where one is configured.
  auto outbound = std::make_shared<net::IoThread>();
  auto model = compose_shared_model(settings, {.executor = outbound->executor(),
                                               .pool = pool,
                                               .clock = clock,
                                               .random = random,
                                               .metrics = std::make_shared<observe::Metrics>()});
  if (!model) return core::fail(std::move(model.error()));
  // Pages, for addresses among the inputs.
  auto pages = compose_page_reader(settings);
  if (!pages) return core::fail(std::move(pages.error()));
  // The use case, without a store: what a command makes is printed, not kept.
  auto parts = std::make_shared<CommandGenerator>();
  parts->outbound = std::move(outbound);
  parts->generator = std::make_shared<generate::Generator>(
      generate::Generator::Parts{.rules = std::move(rules),
                                 .model = std::move(*model),
                                 .pages = std::move(*pages),
                                 .graphs = nullptr,
                                 .clock = std::move(clock),
                                 .random = std::move(random),
                                 .limits = make_limits(settings)});
  return std::shared_ptr<generate::Generator>(parts, parts->generator.get());
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
  // Pages: fetched once, kept beside the graphs in a file that may be deleted.
  auto outbound = std::make_shared<net::IoThread>();
  auto page_cache = make_page_cache(settings, pool, clock);
  auto pages = make_page_reader(settings, *outbound, std::move(page_cache), pool, clock, metrics);
  if (!pages) return core::fail(std::move(pages.error()));
  // The model, where one is configured.
  const ModelParts shared{.executor = outbound->executor(),
                          .pool = pool,
                          .clock = clock,
                          .random = random,
                          .metrics = metrics};
  auto model = compose_shared_model(settings, shared);
  if (!model) return core::fail(std::move(model.error()));
  // The guard: who is calling, how much they may, whose key pays.
  auto guard = compose_guard(settings, shared);
  if (!guard) return core::fail(std::move(guard.error()));
  auto own_key = compose_own_key_model(settings, shared, guard->identification.refusals);
  if (!own_key) return core::fail(std::move(own_key.error()));
  // The use case.
  auto generator = std::make_shared<generate::Generator>(
      generate::Generator::Parts{.rules = std::move(rules),
                                 .model = std::move(*model),
                                 .own_key_model = std::move(own_key->extractor),
                                 .own_key_check = std::move(own_key->check),
                                 .meter = guard->meter,
                                 .pages = std::move(*pages),
                                 .graphs = *graphs,
                                 .clock = clock,
                                 .random = random,
                                 .limits = make_limits(settings)});
  // What /readyz answers, and the switch for it.
  auto readiness = std::make_shared<ServiceReadiness>(*graphs, guard->ledger);
  // Every endpoint within the middlewares.
  http::Handler handler = api::make_handler(
      {.generator = std::move(generator),
       .graphs = *graphs,
       .answers = std::move(guard->answers),
       .meter = guard->meter,
       .identification = std::move(guard->identification),
       .burst_limiter = std::move(guard->burst_limiter),
       .burst_policy = guard->burst_policy,
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
  return Service{std::move(outbound), std::move(pool), std::move(guard->ledger),
                 std::move(readiness), std::move(*server)};
}

}  // namespace graphrail::app
