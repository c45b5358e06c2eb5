// One fetch per page and hour, however many ask; what is served when an origin is out of order.
#include "page/caching_page_reader.h"

#include <gtest/gtest.h>

#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>

#include "net/fetch_error.h"
#include "page/page_error.h"
#include "support/await.h"
#include "unit/page/sample_pages.h"

namespace graphrail::page {
namespace {

namespace asio = boost::asio;
using Fetched = core::Result<net::FetchedPage>;

constexpr const char* kUrl = "https://news.example/story";

/// A site whose answers the test sets, and that counts its visitors.
struct Site {
  asio::awaitable<Fetched> fetch(net::FetchRequest request) {
    requests.push_back(request);
    // Others join the flight before it lands.
    co_await asio::post(co_await asio::this_coro::executor, asio::use_awaitable);
    if (failure) co_return core::fail(*failure);
    net::FetchedPage page;
    page.final_url = net::parse_url(final_url).value();
    page.status = 200;
    page.content_type = "text/html; charset=utf-8";
    page.etag = etag;
    page.cache_control = cache_control;
    page.not_modified = !request.if_none_match.empty() && request.if_none_match == etag;
    if (!page.not_modified) page.body = html;
    co_return page;
  }

  std::string html = "<html><head><title>T</title></head><body><article>" + testing::paragraphs(5) +
                     "</article></body></html>";
  std::string final_url = kUrl;
  std::string etag;
  std::string cache_control;
  std::optional<core::Error> failure;
  std::vector<net::FetchRequest> requests;
};

class CachingPageReaderTest : public ::testing::Test {
 protected:
  core::Result<PageReading> read(std::string url = kUrl, bool force_refresh = false) {
    return test::await(reader_->read({std::move(url), force_refresh}));
  }
  void advance(std::int64_t seconds) { clock_->advance(std::chrono::seconds(seconds)); }

  Site site_;
  std::shared_ptr<core::ManualClock> clock_ = std::make_shared<core::ManualClock>();
  std::shared_ptr<PageReader> reader_ = make_caching_page_reader(
      {.cache = make_memory_page_cache(1 << 20),
       .fetch = [this](net::FetchRequest request) { return site_.fetch(std::move(request)); },
       .pool = std::make_shared<core::WorkPool>(2, 512),
       .clock = clock_});
};

TEST_F(CachingPageReaderTest, FetchesOnceAnHourAndTellsTheExactAge) {
  const auto first = read();
  ASSERT_TRUE(first.has_value());
  EXPECT_EQ(first->origin, PageOrigin::kFetched);
  EXPECT_FALSE(first->age_seconds);
  advance(3'599);
  const auto second = read("HTTPS://News.Example:443/story?utm_source=x#top");
  EXPECT_EQ(second->origin, PageOrigin::kCached);
  EXPECT_EQ(second->age_seconds, 3'599);
  EXPECT_EQ(second->page->page.text, first->page->page.text);
  advance(1);
  EXPECT_EQ(read()->origin, PageOrigin::kFetched);
  EXPECT_EQ(site_.requests.size(), 2U);
}

TEST_F(CachingPageReaderTest, RevalidatesWithTheETagAndStartsTheHourAgain) {
  site_.etag = "\"v1\"";
  ASSERT_TRUE(read().has_value());
  advance(3'601);
  const auto again = read();
  EXPECT_EQ(again->origin, PageOrigin::kRevalidated);
  EXPECT_EQ(again->age_seconds, 0);
  EXPECT_EQ(site_.requests.back().if_none_match, "\"v1\"");
  advance(3'000);
  EXPECT_EQ(read()->origin, PageOrigin::kCached);
}

TEST_F(CachingPageReaderTest, TheFinalUrlIsAnAlias) {
  site_.final_url = "https://news.example/moved";
  ASSERT_TRUE(read().has_value());
  EXPECT_EQ(read("https://news.example/moved")->origin, PageOrigin::kCached);
  EXPECT_EQ(site_.requests.size(), 1U);
}

TEST_F(CachingPageReaderTest, ARefreshSkipsTheCacheAndRenewsIt) {
  ASSERT_TRUE(read().has_value());
  advance(100);
  EXPECT_EQ(read(kUrl, true)->origin, PageOrigin::kFetched);
  advance(1);
  EXPECT_EQ(read()->age_seconds, 1);
}

TEST_F(CachingPageReaderTest, AStaleCopyServesDuringAnOutageOnly) {
  ASSERT_TRUE(read().has_value());
  advance(4'000);
  site_.failure = net::make_error(net::FetchError::kUpstreamError, "503");
  const auto stale = read();
  ASSERT_TRUE(stale.has_value());
  EXPECT_EQ(stale->origin, PageOrigin::kStale);
  EXPECT_EQ(stale->age_seconds, 4'000);

  const std::string refused = std::string(net::kRefusedPrefix) + "address_not_public";
  site_.failure = net::make_error(net::FetchError::kUnreachable, refused);
  EXPECT_EQ(read().error().reason(), "unreachable");
  site_.failure = net::make_error(net::FetchError::kUnreachable, "connect: refused by peer");
  EXPECT_EQ(read()->origin, PageOrigin::kStale);
  advance(25 * 3'600);
  EXPECT_FALSE(read().has_value());
  site_.failure = net::make_error(net::FetchError::kNotFound, "404");
  EXPECT_EQ(read().error().reason(), "not_found");
}

TEST_F(CachingPageReaderTest, ALastingFailureIsBelievedForAMinuteAnOutageIsNot) {
  site_.failure = net::make_error(net::FetchError::kNotFound, "404");
  EXPECT_FALSE(read().has_value());
  advance(59);
  EXPECT_EQ(read().error().reason(), "not_found");
  EXPECT_EQ(site_.requests.size(), 1U);
  EXPECT_FALSE(read(kUrl, true).has_value());
  EXPECT_EQ(site_.requests.size(), 2U);
  advance(60);
  site_.failure = net::make_error(net::FetchError::kTimeout, "");
  EXPECT_FALSE(read().has_value());
  site_.failure.reset();
  EXPECT_TRUE(read().has_value());
}

TEST_F(CachingPageReaderTest, APageWithoutTextIsATypedFailure) {
  site_.html = "<html><body><div id=root></div><script>app()</script></body></html>";
  EXPECT_FALSE(read().has_value());
  EXPECT_EQ(read("https://news.example/x.html").error().code().category(),
            make_error_code(PageError::kJsRequired).category());
}

TEST_F(CachingPageReaderTest, NoStoreIsRespected) {
  site_.cache_control = "max-age=60, No-Store";
  ASSERT_TRUE(read().has_value());
  EXPECT_EQ(read()->origin, PageOrigin::kFetched);
}

TEST_F(CachingPageReaderTest, TwoHundredCallersCauseOneFetch) {
  asio::io_context context;
  std::vector<std::string> texts;
  for (int i = 0; i < 200; ++i) {
    asio::co_spawn(context, reader_->read({kUrl, false}),
                   [&](std::exception_ptr, core::Result<PageReading> reading) {
                     ASSERT_TRUE(reading.has_value());
                     EXPECT_FALSE(reading->age_seconds);
                     texts.push_back(reading->page->page.text);
                   });
  }
  context.run();
  EXPECT_EQ(site_.requests.size(), 1U);
  ASSERT_EQ(texts.size(), 200U);
  EXPECT_EQ(std::count(texts.begin(), texts.end(), texts.front()), 200);
}

TEST_F(CachingPageReaderTest, AnInvalidAddressFailsWithoutAFetch) {
  EXPECT_EQ(read("https://user:pw@news.example/").error().reason(), "invalid_url");
  EXPECT_TRUE(site_.requests.empty());
}

}  // namespace
}  // namespace graphrail::page
