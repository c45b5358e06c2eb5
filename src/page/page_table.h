// The page cache's SQL over one connection, whose lock lets one thread use it at a time. Blocking.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "page/page_cache.h"
#include "store/sqlite.h"

namespace graphrail::page {

/// How much the table may hold.
struct PageTableBounds {
  std::int64_t max_bytes;
  std::int64_t max_age_seconds;
};

class PageTable {
 public:
  /// Prepares the statements. Fails with StoreError values.
  static core::Result<std::unique_ptr<PageTable>> make(store::Database database,
                                                       PageTableBounds bounds);

  /// Null when there is none, or when its text is not the one that was saved. Fails with
  /// StoreError.
  core::Result<std::shared_ptr<const CachedPage>> find(const std::string& key);

  /// Inserts the page, points the keys at it, then removes what is old or too much, a bounded
  /// number at a time. All or nothing. Fails with StoreError.
  core::Result<void> save(const std::vector<std::string>& keys, const CachedPage& page,
                          std::int64_t now);

 private:
  PageTable(store::Database database, PageTableBounds bounds)
      : database_(std::move(database)), bounds_(bounds) {}

  core::Result<void> prepare();
  core::Result<std::int64_t> insert(const CachedPage& page);
  core::Result<void> point_key(const std::string& key, std::int64_t page_id);
  core::Result<void> evict(std::int64_t now);

  std::mutex mutex_;
  store::Database database_;
  PageTableBounds bounds_;
  std::unique_ptr<store::Statement> find_;
  std::unique_ptr<store::Statement> find_id_;
  std::unique_ptr<store::Statement> insert_;
  std::unique_ptr<store::Statement> point_;
  std::unique_ptr<store::Statement> drop_unnamed_;
  std::unique_ptr<store::Statement> drop_old_;
  std::unique_ptr<store::Statement> drop_excess_;
};

}  // namespace graphrail::page
