#include "store/migrations.h"

#include <fmt/format.h>

#include <utility>

namespace graphrail::store {
namespace {

core::Result<std::int64_t> schema_version(Database& database) {
  return database.query_int64("PRAGMA user_version");
}

/// Applies `step` unless another process has done so since the version was read.
core::Result<void> apply(Database& database, const Migration& step) {
  core::Result<Transaction> transaction = Transaction::begin(database);
  if (!transaction) return core::fail(std::move(transaction.error()));
  const core::Result<std::int64_t> version = schema_version(database);
  if (!version) return core::fail(version.error());
  if (*version >= step.version) return {};
  const std::string sql = fmt::format("{}\nPRAGMA user_version={};", step.sql, step.version);
  if (core::Result<void> done = database.execute(sql); !done) {
    return core::fail(done.error().code(), {done.error().public_text()},
                      {fmt::format("migration {} ({}): {}", step.version, step.name,
                                   done.error().private_cause())});
  }
  return transaction->commit();
}

}  // namespace

core::Result<void> migrate(Database& database, std::span<const Migration> migrations) {
  const core::Result<std::int64_t> version = schema_version(database);
  if (!version) return core::fail(version.error());
  const int newest = migrations.empty() ? 0 : migrations.back().version;
  if (*version > newest) {
    return core::fail(
        StoreError::kNewerSchema, {"The database was written by a newer version of Graphrail."},
        {fmt::format("the database has schema version {}, this program knows {}: start the newer "
                     "Graphrail, or use another data folder",
                     *version, newest)});
  }
  for (const Migration& step : migrations) {
    if (step.version <= *version) continue;
    if (core::Result<void> done = apply(database, step); !done) return done;
  }
  return {};
}

}  // namespace graphrail::store
