#include "page/sqlite_page_cache.h"

#include <array>
#include <utility>

#include "page/page_table.h"
#include "store/data_file.h"

namespace graphrail::page {
namespace {

constexpr std::string_view kTables = R"sql(
CREATE TABLE pages (
  id INTEGER PRIMARY KEY,
  validated_at INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  final_url TEXT NOT NULL,
  etag TEXT NOT NULL,
  last_modified TEXT NOT NULL,
  title TEXT NOT NULL,
  site_name TEXT NOT NULL,
  published TEXT NOT NULL,
  canonical_url TEXT NOT NULL,
  charset TEXT NOT NULL,
  removed_invisible_chars INTEGER NOT NULL,
  text_sha256 BLOB NOT NULL,
  text TEXT NOT NULL
);
CREATE INDEX pages_by_age ON pages(validated_at, bytes);
CREATE TABLE page_keys (
  key TEXT NOT NULL PRIMARY KEY,
  page_id INTEGER NOT NULL REFERENCES pages(id) ON DELETE CASCADE
) WITHOUT ROWID;
CREATE INDEX page_keys_by_page ON page_keys(page_id);
)sql";

constexpr std::array kMigrations = {store::Migration{1, "pages and their keys", kTables}};

/// Joins the pool's own failure (queue full) and the work's.
template <class T>
core::Result<T> flatten(core::Result<core::Result<T>> outcome) {
  if (!outcome) return core::fail(std::move(outcome.error()));
  return std::move(*outcome);
}

class SqlitePageCache final : public PageCache {
 public:
  SqlitePageCache(std::shared_ptr<PageTable> table, std::shared_ptr<core::WorkPool> pool,
                  std::shared_ptr<core::Clock> clock)
      : table_(std::move(table)), pool_(std::move(pool)), clock_(std::move(clock)) {}

  boost::asio::awaitable<core::Result<std::shared_ptr<const CachedPage>>> find(
      std::string key) override {
    auto work = [table = table_, key = std::move(key)] { return table->find(key); };
    auto running = pool_->run(std::move(work));
    auto outcome = co_await std::move(running);
    co_return flatten(std::move(outcome));
  }

  boost::asio::awaitable<core::Result<void>> save(std::vector<std::string> keys,
                                                  std::shared_ptr<const CachedPage> page) override {
    auto work = [table = table_, keys = std::move(keys), page = std::move(page),
                 now = clock_->unix_seconds()] { return table->save(keys, *page, now); };
    auto running = pool_->run(std::move(work));
    auto outcome = co_await std::move(running);
    co_return flatten(std::move(outcome));
  }

 private:
  /// Shared with the work in flight, which may outlive the cache.
  std::shared_ptr<PageTable> table_;
  std::shared_ptr<core::WorkPool> pool_;
  std::shared_ptr<core::Clock> clock_;
};

}  // namespace

core::Result<std::shared_ptr<PageCache>> make_sqlite_page_cache(
    SqlitePageCacheOptions options, std::shared_ptr<core::WorkPool> pool,
    std::shared_ptr<core::Clock> clock) {
  core::Result<store::Database> database =
      store::open_data_file(options.file, options.busy_timeout, kMigrations);
  if (!database) return core::fail(std::move(database.error()));
  core::Result<std::unique_ptr<PageTable>> table = PageTable::make(
      std::move(*database), {options.max_bytes, std::int64_t{options.max_age.count()}});
  if (!table) return core::fail(std::move(table.error()));
  return std::make_shared<SqlitePageCache>(std::move(*table), std::move(pool), std::move(clock));
}

}  // namespace graphrail::page
