// The embedded ledger's truth on disk: one row for each met claim, in SQLite with synchronous=FULL,
// so that what was committed survives the process and the power. The counters are the sums of the
// rows that count; an operator can read them with any SQLite tool. Blocking; used by the ledger's
// writer only.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

#include "core/result.h"
#include "quota/book.h"
#include "store/sqlite.h"

namespace graphrail::quota {

class Journal {
 public:
  /// Creates file and folder where missing; waits up to `busy_timeout` for another program that
  /// looks at the file. Fails with StoreError values.
  [[nodiscard]] static core::Result<std::unique_ptr<Journal>> open(
      const std::filesystem::path& file, std::chrono::milliseconds busy_timeout);

  Journal(store::Database database, store::Statement insert, store::Statement update,
          store::Statement prune)
      : database_(std::move(database)),
        insert_(std::move(insert)),
        update_(std::move(update)),
        prune_(std::move(prune)) {}

  /// Calls `take` with every charge on disk, in the order of charging. Fails with StoreError
  /// values, kCorrupt for rows that are none of ours.
  [[nodiscard]] core::Result<void> load(
      const std::function<void(std::unique_ptr<ChargeRecord>)>& take);

  /// Writes what has changed and deletes the rows of windows before `prune_before` among the first
  /// thousand, all of it or nothing, and returns when it is on disk: how many rows were deleted.
  /// Fails with StoreError values.
  [[nodiscard]] core::Result<std::int64_t> write(const Changes& changes,
                                                 std::optional<Window> prune_before);

 private:
  core::Result<std::int64_t> prune(Window before);
  core::Result<void> insert(const ChargeRecord& record);
  core::Result<void> update(const ChargeRecord& record);

  store::Database database_;
  store::Statement insert_;
  store::Statement update_;
  store::Statement prune_;
};

}  // namespace graphrail::quota
