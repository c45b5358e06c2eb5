// Numbered steps by which the database's schema grows. A step that was released is never edited;
// a change is a new step at the end of the list in sqlite_migrations.cpp.
#pragma once

#include <span>
#include <string_view>

#include "core/result.h"
#include "store/sqlite.h"

namespace graphrail::store {

/// One step: the SQL that leads from version `version - 1` to `version`.
struct Migration {
  int version = 0;
  std::string_view name;
  std::string_view sql;
};

/// Every step of the SQLite schema, versions 1, 2, 3, ... without gaps.
[[nodiscard]] std::span<const Migration> sqlite_migrations() noexcept;

/// Brings `database` to the last version of `migrations`, each step in its own transaction with the
/// version number (PRAGMA user_version), so that two processes may start at once and a broken
/// step leaves the version before it. Fails with kNewerSchema when the database is ahead of the
/// list, with kBusy, kCorrupt, kFailed.
[[nodiscard]] core::Result<void> migrate(Database& database, std::span<const Migration> migrations);

}  // namespace graphrail::store
