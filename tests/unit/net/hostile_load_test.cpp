// Sixty-four hostile bodies at once: all end within the deadline, and the process stays small. The
// figure includes the hostile servers themselves, which run in this process.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include "net/fetcher.h"
#include "support/origin/hostile_scripts.h"
#include "support/origin/loopback_world.h"

namespace graphrail::net {
namespace {

using namespace std::chrono_literals;
using namespace test_support;

constexpr int kFetches = 64;
[[maybe_unused]] constexpr double kMaxMegabytes = 150;

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define GRAPHRAIL_SANITIZED 1
#endif
#endif

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// Which attack a request meets is in its path.
OriginScript assorted() {
  const std::vector<OriginScript> scripts = {gzip_bomb(),
                                             endless_chunks(),
                                             drip_body(),
                                             header_flood(),
                                             drip_head(),
                                             silence(),
                                             rush_then_drip(500'000),
                                             rush_then_drip(4'900'000)};
  return [scripts](const OriginRequest& request, OriginConnection& connection) {
    const auto kind = static_cast<std::size_t>(request.target.back() - 'a');
    scripts[kind % scripts.size()](request, connection);
  };
}

void run_load(const OriginScript& script, const char* name) {
  OriginOptions origin;
  origin.authority = &shared_authority();
  LoopbackWorld world(origin, script);
  auto options = world.options();
  options.limits.deadline = 3s;
  FetchClient client(options, world.dependencies());
  std::vector<FetchRequest> requests;
  for (int i = 0; i < kFetches; ++i) {
    requests.push_back(
        {fmt::format("https://a.org/{}{}", i, static_cast<char>('a' + i % 8)), "", ""});
  }
  const auto started = std::chrono::steady_clock::now();
  const auto pages = client.fetch_all(std::move(requests));
  const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - started;
  for (const auto& page : pages) EXPECT_FALSE(page);
  // A busy machine may be late; a fetch without a deadline would take a minute.
  for (const HopReceipt& receipt : world.log->receipts) EXPECT_LT(receipt.elapsed, 10s);
  const double peak = peak_megabytes();
  fmt::print("{}: {} hostile fetches ended in {:.2f} s, peak memory {:.1f} MB\n", name, kFetches,
             elapsed.count(), peak);
#ifndef GRAPHRAIL_SANITIZED
  EXPECT_LT(peak, kMaxMegabytes);
#endif
}

TEST(HostileLoad, AssortedAttacks) { run_load(assorted(), "assorted"); }
TEST(HostileLoad, AllHoldOnToMemory) { run_load(rush_then_drip(4'900'000), "rush then drip"); }

}  // namespace
}  // namespace graphrail::net
