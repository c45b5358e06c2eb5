// A URL becomes the text of its page. The seam that the use case sees: caching, fetching and
// reading are behind it.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/result.h"
#include "page/page_cache.h"

namespace graphrail::page {

struct PageRequest {
  std::string url;
  /// Reads no cache; what is fetched is cached all the same.
  bool force_refresh = false;
};

/// Where a page came from.
enum class PageOrigin : std::uint8_t {
  kFetched,
  /// From the cache, within its lifetime.
  kCached,
  /// From the cache, confirmed by the origin just now (304).
  kRevalidated,
  /// From the cache, past its lifetime, because the origin is out of order.
  kStale,
};
[[nodiscard]] const char* to_string(PageOrigin origin) noexcept;

struct PageReading {
  std::shared_ptr<const CachedPage> page;
  PageOrigin origin = PageOrigin::kFetched;
  /// Seconds since the origin sent or confirmed the page; nothing for a page fetched just now.
  std::optional<std::int64_t> age_seconds;

  [[nodiscard]] bool is_hit() const noexcept { return origin != PageOrigin::kFetched; }
};

class PageReader {
 public:
  virtual ~PageReader() = default;
  /// Safe from any thread. Fails with net::FetchError, PageError and CoreError::kBusy.
  virtual boost::asio::awaitable<core::Result<PageReading>> read(PageRequest request) = 0;
};

/// Told how each reading ended; for metrics. Must not block or throw.
class PageObserver {
 public:
  virtual ~PageObserver() = default;
  virtual void on_reading(PageOrigin origin) = 0;
  virtual void on_failure(const core::Error& error) = 0;
};

}  // namespace graphrail::page
