// The database files of the embedded stores. They hold pasted texts, so their folder is created
// for its owner only (0700) and the files as 0600. Blocking; called at start.
#pragma once

#include <chrono>
#include <filesystem>

#include "core/result.h"
#include "store/migrations.h"
#include "store/sqlite.h"

namespace graphrail::store {

/// Creates `folder` with mode 0700, parents included, and leaves an existing one as it is. Fails
/// with StoreError::kCannotOpen when it cannot be created or is no folder.
[[nodiscard]] core::Result<void> create_data_folder(const std::filesystem::path& folder);

/// Creates folder and file where missing, opens the file for writing and brings its schema up to
/// date, to that of the history unless other `migrations` are given. Fails with kCannotOpen,
/// kCorrupt, kNewerSchema, kBusy, kFailed; the private cause tells the operator which file and what
/// to do.
[[nodiscard]] core::Result<Database> open_data_file(
    const std::filesystem::path& file, std::chrono::milliseconds busy_timeout,
    std::span<const Migration> migrations = sqlite_migrations());

}  // namespace graphrail::store
