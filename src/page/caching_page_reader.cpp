#include "page/caching_page_reader.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/single_flight.h"
#include "core/wait_at_most.h"
#include "page/negative_memory.h"
#include "page/page_keys.h"
#include "page/url_key.h"

namespace graphrail::page {
namespace {

namespace asio = boost::asio;
using PagePtr = std::shared_ptr<const CachedPage>;

class CachingPageReader final : public PageReader,
                                public std::enable_shared_from_this<CachingPageReader> {
 public:
  explicit CachingPageReader(PageReaderParts parts) : parts_(std::move(parts)) {}

  asio::awaitable<core::Result<PageReading>> read(PageRequest request) override {
    auto reading = find_or_fetch(std::move(request));
    core::Result<PageReading> result = co_await std::move(reading);
    if (parts_.observer && result) parts_.observer->on_reading(result->origin);
    if (parts_.observer && !result) parts_.observer->on_failure(result.error());
    co_return result;
  }

 private:
  asio::awaitable<core::Result<PageReading>> find_or_fetch(PageRequest request) {
    core::Result<net::Url> url = net::parse_url(request.url);
    if (!url) co_return core::fail(std::move(url.error()));
    const std::string key = cache_key(*url);

    PagePtr known;
    if (!request.force_refresh) {
      if (auto failure = negatives_.recall(key, now())) co_return core::fail(std::move(*failure));
      auto looking = look_up(key);
      known = co_await std::move(looking);
      if (known && age_of(*known) < parts_.limits.lifetime_seconds) {
        co_return PageReading{known, PageOrigin::kCached, age_of(*known)};
      }
    }
    // A refresh must not be answered by a fetch that may revalidate an old copy.
    const std::string flight = request.force_refresh ? key + ":refresh" : key;
    core::SingleFlight<core::Result<PageReading>>::Work work = [self = shared_from_this(),
                                                                url = request.url, key, known] {
      return self->fetch(url, key, known);
    };
    auto flying = flights_.run(flight, std::move(work));
    co_return co_await std::move(flying);
  }

  /// Nothing when the cache fails or is slower than its budget: the page is then fetched.
  asio::awaitable<PagePtr> look_up(std::string key) {
    auto finding = parts_.cache->find(std::move(key));
    auto waiting = core::wait_at_most(std::move(finding), parts_.limits.cache_budget);
    std::optional<core::Result<PagePtr>> found = co_await std::move(waiting);
    if (!found || !*found) co_return nullptr;
    co_return **found;
  }

  /// One flight: fetch, read, keep. `known` is a copy past its lifetime, or null.
  asio::awaitable<core::Result<PageReading>> fetch(std::string url, std::string key,
                                                   PagePtr known) {
    net::FetchRequest request;
    request.url = url;
    if (known) {
      request.if_none_match = known->etag;
      request.if_modified_since = known->last_modified;
    }
    auto fetching = parts_.fetch(std::move(request));
    core::Result<net::FetchedPage> fetched = co_await std::move(fetching);
    if (!fetched) co_return fall_back(std::move(fetched.error()), key, known);
    if (fetched->not_modified && known) {
      auto renewing = renew(std::move(key), std::move(known));
      co_return co_await std::move(renewing);
    }
    auto reading = read_fetched(std::make_shared<net::FetchedPage>(std::move(*fetched)));
    core::Result<PagePtr> page = co_await std::move(reading);
    if (!page) co_return fall_back(std::move(page.error()), key, nullptr);
    negatives_.forget(key);
    auto keeping = keep_if_allowed(std::move(key), std::move(*page));
    co_return co_await std::move(keeping);
  }

  /// A page that is out of order may be stood in for; one that is gone or walled may not.
  core::Result<PageReading> fall_back(core::Error error, const std::string& key, PagePtr known) {
    if (known && is_outage(error) &&
        age_of(*known) < parts_.limits.lifetime_seconds + parts_.limits.stale_seconds) {
      return PageReading{known, PageOrigin::kStale, age_of(*known)};
    }
    if (is_lasting(error)) {
      negatives_.remember(key, error, now() + parts_.limits.negative_seconds);
    }
    return core::fail(std::move(error));
  }

  asio::awaitable<core::Result<PageReading>> renew(std::string key, PagePtr known) {
    auto renewed = std::make_shared<CachedPage>(*known);
    renewed->validated_at = now();
    auto keeping = keep(std::vector<std::string>(1, std::move(key)), renewed);
    co_await std::move(keeping);
    co_return PageReading{std::move(renewed), PageOrigin::kRevalidated, 0};
  }

  asio::awaitable<core::Result<PagePtr>> read_fetched(std::shared_ptr<net::FetchedPage> fetched) {
    auto work = [fetched, minimum = parts_.limits.minimum_chars] {
      PageSource source;
      const std::string url = fetched->final_url.to_string();
      source.content_type = fetched->content_type;
      source.url = url;
      source.status = fetched->status;
      source.minimum_chars = minimum;
      return read_page(fetched->body, source);
    };
    auto running = parts_.pool->run(std::move(work));
    core::Result<core::Result<PageText>> text = co_await std::move(running);
    if (!text) co_return core::fail(std::move(text.error()));
    if (!*text) co_return core::fail(std::move(text->error()));
    auto page = std::make_shared<CachedPage>();
    page->page = std::move(**text);
    page->final_url = fetched->final_url.to_string();
    page->cacheable = may_be_cached(fetched->cache_control);
    page->etag = std::move(fetched->etag);
    page->last_modified = std::move(fetched->last_modified);
    page->validated_at = now();
    co_return page;
  }

  asio::awaitable<core::Result<PageReading>> keep_if_allowed(std::string key, PagePtr page) {
    if (page->cacheable) {
      const core::Result<net::Url> final_url = net::parse_url(page->final_url);
      std::vector<std::string> keys = final_url
                                          ? page_keys(key, *final_url, page->page.canonical_url)
                                          : std::vector<std::string>(1, key);
      auto keeping = keep(std::move(keys), page);
      co_await std::move(keeping);
    }
    co_return PageReading{std::move(page), PageOrigin::kFetched, std::nullopt};
  }

  /// A cache that cannot keep a page costs a later fetch, not this reading.
  asio::awaitable<void> keep(std::vector<std::string> keys, PagePtr page) {
    auto saving = parts_.cache->save(std::move(keys), std::move(page));
    auto waiting = core::wait_at_most(std::move(saving), parts_.limits.cache_budget);
    (void)co_await std::move(waiting);
  }

  [[nodiscard]] std::int64_t now() const { return parts_.clock->unix_seconds(); }
  [[nodiscard]] std::int64_t age_of(const CachedPage& page) const {
    return std::max<std::int64_t>(0, now() - page.validated_at);
  }

  PageReaderParts parts_;
  core::SingleFlight<core::Result<PageReading>> flights_;
  NegativeMemory negatives_;
};

}  // namespace

const char* to_string(PageOrigin origin) noexcept {
  switch (origin) {
    case PageOrigin::kFetched:
      return "fetched";
    case PageOrigin::kCached:
      return "cached";
    case PageOrigin::kRevalidated:
      return "revalidated";
    case PageOrigin::kStale:
      return "stale";
  }
  return "fetched";
}

std::shared_ptr<PageReader> make_caching_page_reader(PageReaderParts parts) {
  return std::make_shared<CachingPageReader>(std::move(parts));
}

}  // namespace graphrail::page
