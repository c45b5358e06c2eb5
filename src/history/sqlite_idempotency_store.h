// IdempotencyStore in a database file of its own: answers survive restarts, bounded on disk. Used
// on the work pool's threads only. The answers hold what users typed: the file is its owner's only
// (0600), and what is removed is overwritten, in the file at once and in the write-ahead log when
// that comes home, which it does at the latest after some 4 MB of writes and when the store closes.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>

#include "core/clock.h"
#include "core/result.h"
#include "core/work_pool.h"
#include "history/idempotency_store.h"

namespace graphrail::history {

struct SqliteIdempotencyStoreOptions {
  /// Created with its folder (0700) when missing.
  std::filesystem::path file;
  IdempotencyLimits limits;
  /// How long one call waits for another process that holds the database.
  std::chrono::milliseconds busy_timeout{1'000};
};

/// What opening does with attempts that the file says are running.
enum class RunningAtOpen {
  /// They died with the process before: a data folder belongs to one process, which holds a lock
  /// beside the file (`<file>.lock`) for as long as the store lives. Opening fails with
  /// StoreError::kInUse while another process has it.
  kFree,
  /// They may belong to a process that lives: their marks end by release or by expiry. No lock.
  kKeep,
};

/// Opens the file and removes what has expired since; blocks, so it is called at start. Later calls
/// remove what expires piece by piece, so on a server that nobody asks it stays longer. Fails with
/// StoreError values.
[[nodiscard]] core::Result<std::shared_ptr<IdempotencyStore>> make_sqlite_idempotency_store(
    SqliteIdempotencyStoreOptions options, std::shared_ptr<core::WorkPool> pool,
    std::shared_ptr<const core::Clock> clock, RunningAtOpen running = RunningAtOpen::kFree);

}  // namespace graphrail::history
