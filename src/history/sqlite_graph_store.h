// GraphStore in the embedded database: one connection that writes, one that brings its log home, a
// few that read, all used on the work pool's threads only.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <memory>

#include "core/clock.h"
#include "core/result.h"
#include "core/work_pool.h"
#include "history/graph_store.h"

namespace graphrail::history {

struct SqliteGraphStoreOptions {
  /// Created with its folder (0700) when missing.
  std::filesystem::path file;
  /// Reads that can run at the same time.
  std::size_t reader_count = 2;
  /// How long one call waits for another process that holds the database.
  std::chrono::milliseconds busy_timeout{2'000};
};

/// Opens the database and brings its schema up to date; blocks, so it is called at start. A save
/// also removes a bounded batch of expired graphs. Fails with StoreError values.
[[nodiscard]] core::Result<std::shared_ptr<GraphStore>> make_sqlite_graph_store(
    SqliteGraphStoreOptions options, std::shared_ptr<core::WorkPool> pool,
    std::shared_ptr<core::Clock> clock);

}  // namespace graphrail::history
