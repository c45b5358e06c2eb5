#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <thread>

#include "cases/cache_cases.h"
#include "cases/fetch_expectations.h"
#include "cases/runners.h"
#include "cases/scripted_response.h"
#include "net/fetch_error.h"
#include "net/retry_after.h"
#include "support/origin/loopback_world.h"

namespace graphrail::cases {
namespace {

namespace asio = boost::asio;
namespace support = graphrail::test_support;
using std::chrono::steady_clock;

/// One case under way: its server, its fetcher, what came of it.
struct Run {
  std::unique_ptr<support::LoopbackWorld> world;
  std::unique_ptr<net::Fetcher> fetcher;
  steady_clock::time_point started;
  Observed observed;
  /// Set instead of all the above for cases about the cache.
  std::unique_ptr<CacheRun> cache;
};

void start(const Case& item, asio::io_context& context, Run& run) {
  const auto* response = object_at(item, "response");
  Scripted scripted = script_response(response != nullptr ? *response : item);
  support::OriginOptions origin;
  origin.authority = &support::shared_authority();
  origin.stall_handshake = scripted.stall_handshake;
  run.world = std::make_unique<support::LoopbackWorld>(origin, std::move(scripted.script));
  auto dependencies = run.world->dependencies();
  const auto now = std::chrono::system_clock::now();
  if (const auto date = net::parse_http_date(text_or(item, "now"), now)) {
    dependencies.clock = std::make_shared<support::FixedWallClock>(*date);
  }
  run.fetcher = std::make_unique<net::Fetcher>(context.get_executor(), run.world->options(),
                                               std::move(dependencies));
  net::FetchRequest request;
  request.url = text_or(item, "url", "https://news.example.com/article");
  run.started = steady_clock::now();
  asio::co_spawn(context, run.fetcher->fetch(std::move(request)),
                 [&run](std::exception_ptr error, core::Result<net::FetchedPage> page) {
                   if (error) std::rethrow_exception(error);
                   run.observed.page = std::move(page);
                   run.observed.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(
                       steady_clock::now() - run.started);
                 });
}

void read_receipts(Run& run) {
  if (run.world->log->receipts.empty()) return;
  const net::HopReceipt& last = run.world->log->receipts.back();
  run.observed.wire_bytes = last.wire_bytes;
  run.observed.decoded_bytes = last.decoded_bytes;
  run.observed.retry_after = last.retry_after;
}

}  // namespace

std::vector<CaseResult> run_fetch(const std::vector<Case>& cases, const PageReader& reader) {
  asio::io_context context;
  // Cases about the cache measure short waits: they run apart from bombs and floods.
  asio::io_context cache_context;
  std::vector<Run> runs(cases.size());
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (needs_cache(cases[i])) {
      runs[i].cache = start_cache_case(cases[i], cache_context);
    } else {
      start(cases[i], context, runs[i]);
    }
  }
  std::thread cache_thread([&cache_context] { cache_context.run(); });
  context.run();
  cache_thread.join();
  std::vector<CaseResult> results;
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (runs[i].cache) {
      const std::string wrong = runs[i].cache->complaints();
      results.push_back({text_or(cases[i], "id"), wrong.empty(), wrong.empty() ? "ok" : wrong});
      continue;
    }
    read_receipts(runs[i]);
    results.push_back(judge(cases[i], runs[i].observed, reader));
  }
  return results;
}

}  // namespace graphrail::cases
