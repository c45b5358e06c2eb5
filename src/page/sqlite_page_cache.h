// PageCache in a database file of its own: survives restarts, bounded on disk, and may be deleted
// at any time. Used on the work pool's threads only.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>

#include "core/clock.h"
#include "core/result.h"
#include "core/work_pool.h"
#include "page/page_cache.h"

namespace graphrail::page {

struct SqlitePageCacheOptions {
  /// Created with its folder (0700) when missing.
  std::filesystem::path file;
  /// Texts above this are evicted, longest unconfirmed first.
  std::int64_t max_bytes = 256LL * 1024 * 1024;
  /// Pages not confirmed for this long are of no use to anyone.
  std::chrono::seconds max_age{25 * 3'600};
  std::chrono::milliseconds busy_timeout{1'000};
};

/// Opens the file; blocks, so it is called at start. Fails with StoreError values.
[[nodiscard]] core::Result<std::shared_ptr<PageCache>> make_sqlite_page_cache(
    SqlitePageCacheOptions options, std::shared_ptr<core::WorkPool> pool,
    std::shared_ptr<core::Clock> clock);

}  // namespace graphrail::page
