// PageReader over a cache and the open internet: cache, else one fetch that all callers of the same
// page share; a page past its lifetime is revalidated, and serves while its origin is out of order.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>

#include "core/clock.h"
#include "core/work_pool.h"
#include "net/fetch.h"
#include "page/page_reader.h"

namespace graphrail::page {

struct PageReaderLimits {
  std::int64_t lifetime_seconds = 3'600;
  /// How long past its lifetime a page may stand in for a broken origin.
  std::int64_t stale_seconds = 24 * 3'600;
  /// How long "there is no such text" is believed without asking again.
  std::int64_t negative_seconds = 60;
  /// Patience with the cache; beyond it the page is fetched as if it were not cached.
  std::chrono::milliseconds cache_budget{200};
  /// Least main text, in code points.
  std::size_t minimum_chars = 200;
};

/// Fetches one page; net::Fetcher::fetch in the product.
using FetchFunction =
    std::function<boost::asio::awaitable<core::Result<net::FetchedPage>>(net::FetchRequest)>;

struct PageReaderParts {
  std::shared_ptr<PageCache> cache;
  FetchFunction fetch;
  std::shared_ptr<core::WorkPool> pool;
  std::shared_ptr<core::Clock> clock;
  /// May be null.
  std::shared_ptr<PageObserver> observer;
  PageReaderLimits limits;
};

[[nodiscard]] std::shared_ptr<PageReader> make_caching_page_reader(PageReaderParts parts);

}  // namespace graphrail::page
