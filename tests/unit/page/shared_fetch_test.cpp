// Two hundred callers of one slow page against a real HTTPS server: one connection there, one text
// for all of them.
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <set>

#include "net/fetcher.h"
#include "page/caching_page_reader.h"
#include "support/origin/loopback_world.h"
#include "unit/page/sample_pages.h"

namespace graphrail::page {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

test_support::OriginOptions with_certificate() {
  test_support::OriginOptions options;
  options.authority = &test_support::shared_authority();
  return options;
}

/// Half of the page, a pause, the rest.
test_support::OriginScript slow_page() {
  const std::string html = "<html><head><title>Slow</title></head><body><article>" +
                           testing::paragraphs(6) + "</article></body></html>";
  const std::string response =
      test_support::http_response(200, html, {{"content-type", "text/html; charset=utf-8"}});
  return [response](const test_support::OriginRequest&, test_support::OriginConnection& peer) {
    const std::string_view whole = response;
    peer.write(whole.substr(0, whole.size() / 2));
    if (peer.pause(300ms)) peer.write(whole.substr(whole.size() / 2));
  };
}

TEST(SharedFetch, TwoHundredCallersOfASlowPageCauseOneConnection) {
  test_support::LoopbackWorld world(with_certificate(), slow_page());
  asio::io_context context;
  const net::Fetcher fetcher(context.get_executor(), world.options(), world.dependencies());
  const auto reader = make_caching_page_reader(
      {.cache = make_memory_page_cache(1 << 20),
       .fetch = [&](net::FetchRequest request) { return fetcher.fetch(std::move(request)); },
       .pool = std::make_shared<core::WorkPool>(2, 512),
       .clock = std::make_shared<core::ManualClock>()});
  std::multiset<std::string> texts;
  for (int i = 0; i < 200; ++i) {
    PageRequest request{"https://news.example.com/slow?utm_source=" + std::to_string(i), false};
    asio::co_spawn(context, reader->read(std::move(request)),
                   [&](std::exception_ptr thrown, core::Result<PageReading> reading) {
                     ASSERT_FALSE(thrown);
                     ASSERT_TRUE(reading.has_value()) << reading.error().private_cause();
                     EXPECT_EQ(reading->origin, PageOrigin::kFetched);
                     texts.insert(reading->page->page.text);
                   });
  }
  context.run();
  EXPECT_EQ(world.origin().requests().size(), 1U);
  EXPECT_EQ(world.connector->dialled().size(), 1U);
  ASSERT_EQ(texts.size(), 200U);
  EXPECT_EQ(texts.count(*texts.begin()), 200U);
}

}  // namespace
}  // namespace graphrail::page
