// The idempotency store's SQL over one connection, whose lock lets one thread use it at a time.
// Blocking. Every call is one transaction, so that it is atomic between processes too.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "history/idempotency_mark.h"
#include "history/idempotency_store.h"
#include "store/migrations.h"
#include "store/sqlite.h"

namespace graphrail::history {

/// The schema of the idempotency file.
[[nodiscard]] std::span<const store::Migration> idempotency_migrations() noexcept;

class IdempotencyTable {
 public:
  /// Prepares the statements on an open database. Fails with StoreError values, as does every call.
  static core::Result<std::unique_ptr<IdempotencyTable>> make(store::Database database,
                                                              IdempotencyLimits limits);

  /// Removes the marks of all attempts that run.
  core::Result<void> free_running();
  /// Removes all that has expired, one bounded transaction after the other.
  core::Result<void> remove_expired(std::int64_t now);

  /// As IdempotencyStore. begin() and finish() also remove a bounded piece of what has expired;
  /// begin() fails with CoreError::kBusy as well.
  core::Result<BeginOutcome> begin(const IdempotentRequest& request, std::int64_t now);
  core::Result<FinishState> finish(const IdempotentRequest& request, const StoredAnswer& answer,
                                   std::int64_t now);
  core::Result<void> release(const IdempotentRequest& request, std::int64_t now);

 private:
  enum Sql : std::size_t;
  struct Row {
    std::int64_t id = 0;
    IdempotencyMark mark;
  };
  /// A row's id and what it counts for.
  using Counted = std::pair<std::int64_t, std::int64_t>;

  IdempotencyTable(store::Database database, IdempotencyLimits limits)
      : database_(std::move(database)), limits_(limits) {}

  store::Statement& statement(Sql sql) { return statements_[sql]; }
  core::Result<std::optional<Row>> find(const IdempotentRequest& request);
  core::Result<BeginOutcome> meet(const Row& row, const IdempotentRequest& request);
  core::Result<void> insert(const IdempotentRequest& request, std::int64_t now);
  core::Result<void> keep(std::int64_t id, const StoredAnswer& answer, std::int64_t bytes,
                          std::int64_t now);
  core::Result<void> remove(std::int64_t id);
  /// The rows of a statement whose parameters are bound.
  core::Result<std::vector<Counted>> select(Sql sql);
  /// True when more may be left.
  core::Result<bool> remove_some_expired(std::int64_t now);
  /// Removes the answers finished longest ago until `bytes` more can be held.
  core::Result<void> make_room(std::int64_t bytes);
  core::Result<std::int64_t> total(Sql sql);

  std::mutex mutex_;
  store::Database database_;
  IdempotencyLimits limits_;
  /// In the order of Sql.
  std::vector<store::Statement> statements_;
};

}  // namespace graphrail::history
