// Pages that were read, kept for an hour so that each is fetched once. Keys come from
// page::cache_key; one page may stand under several (asked-for, final, canonical URL).
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "page/page_text.h"

namespace graphrail::page {

struct CachedPage {
  PageText page;
  std::string final_url;
  /// Validators of the response, sent back verbatim; empty when it had none.
  std::string etag;
  std::string last_modified;
  /// Unix seconds at which the origin last sent or confirmed the page.
  std::int64_t validated_at = 0;

  /// False when the response forbids shared caches to keep it; such a page is never saved.
  bool cacheable = true;

  /// Memory or disk that the page takes, in bytes.
  [[nodiscard]] std::size_t size_bytes() const noexcept;
};

/// Safe from any thread. An implementation may forget a page at any time; it never gives one that
/// differs from what was saved.
class PageCache {
 public:
  virtual ~PageCache() = default;
  /// The page under `key`, however old; null when there is none or its copy is damaged. Fails with
  /// StoreError values and CoreError::kBusy.
  virtual boost::asio::awaitable<core::Result<std::shared_ptr<const CachedPage>>> find(
      std::string key) = 0;
  /// Keeps `page` under every one of `keys`, replacing what stood there.
  virtual boost::asio::awaitable<core::Result<void>> save(
      std::vector<std::string> keys, std::shared_ptr<const CachedPage> page) = 0;
};

/// In memory, at most `max_bytes`; the page that was used longest ago goes first.
[[nodiscard]] std::shared_ptr<PageCache> make_memory_page_cache(std::size_t max_bytes);

/// `front` answers first and keeps what `back` found.
[[nodiscard]] std::shared_ptr<PageCache> make_layered_page_cache(std::shared_ptr<PageCache> front,
                                                                 std::shared_ptr<PageCache> back);

}  // namespace graphrail::page
