// The graph store's SQL: what one writing and one reading connection can do. Blocking; each
// connection is used by one thread at a time, which its lock sees to.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <span>
#include <string>

#include "core/result.h"
#include "history/graph_store.h"
#include "store/sqlite.h"

namespace graphrail::history {

/// The connection that writes.
class GraphWriter {
 public:
  GraphWriter(store::Database database, store::Statement insert, store::Statement purge)
      : database_(std::move(database)), insert_(std::move(insert)), purge_(std::move(purge)) {}

  /// Prepares the statements on an open database. Fails with StoreError values.
  static core::Result<std::unique_ptr<GraphWriter>> make(store::Database database);

  /// Inserts each or, under a session id that exists, replaces; then removes some graphs that
  /// expired before `now`. All or nothing, in one transaction. Fails with StoreError values.
  core::Result<void> save(std::span<const std::shared_ptr<const SavedGraph>> graphs,
                          std::int64_t now);

 private:
  core::Result<void> insert(const SavedGraph& graph);
  core::Result<void> purge(std::int64_t now, std::size_t limit);

  std::mutex mutex_;
  store::Database database_;
  store::Statement insert_;
  store::Statement purge_;
};

/// A connection that reads.
class GraphReader {
 public:
  GraphReader(store::Database database, store::Statement find, store::Statement probe)
      : database_(std::move(database)), find_(std::move(find)), probe_(std::move(probe)) {}

  static core::Result<std::unique_ptr<GraphReader>> make(store::Database database);

  /// Fails with HistoryError::kNotFound and StoreError values.
  core::Result<SavedGraph> find(const std::string& session_id, std::int64_t now);
  /// Reads one page of the table.
  core::Result<void> probe();

 private:
  std::mutex mutex_;
  store::Database database_;
  store::Statement find_;
  store::Statement probe_;
};

}  // namespace graphrail::history
