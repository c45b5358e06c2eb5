#include "history/idempotency_table.h"

#include <array>

namespace graphrail::history {
namespace {

// The answer stands last in its row, so that reading a mark does not walk through it. The totals
// are kept by the database, because counting them would read every row with every answer.
constexpr std::string_view kTables = R"sql(
CREATE TABLE requests (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  payload TEXT NOT NULL,
  owner TEXT NOT NULL,
  expires_at INTEGER NOT NULL,
  finished_at INTEGER,
  bytes INTEGER NOT NULL DEFAULT 0,
  status INTEGER NOT NULL DEFAULT 0,
  content_type TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL DEFAULT ''
);
CREATE INDEX requests_by_expiry ON requests(expires_at);
CREATE INDEX requests_by_age ON requests(finished_at) WHERE finished_at IS NOT NULL;
CREATE TABLE totals (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  running INTEGER NOT NULL,
  bytes INTEGER NOT NULL
);
INSERT INTO totals (id, running, bytes) VALUES (1, 0, 0);
CREATE TRIGGER requests_added AFTER INSERT ON requests BEGIN
  UPDATE totals SET running = running + (NEW.finished_at IS NULL), bytes = bytes + NEW.bytes;
END;
CREATE TRIGGER requests_finished AFTER UPDATE OF finished_at, bytes ON requests BEGIN
  UPDATE totals SET
    running = running + (NEW.finished_at IS NULL) - (OLD.finished_at IS NULL),
    bytes = bytes + NEW.bytes - OLD.bytes;
END;
CREATE TRIGGER requests_removed AFTER DELETE ON requests BEGIN
  UPDATE totals SET running = running - (OLD.finished_at IS NULL), bytes = bytes - OLD.bytes;
END;
)sql";

constexpr std::array kMigrations = {
    store::Migration{1, "requests with an Idempotency-Key", kTables}};

// In the order of IdempotencyTable::Sql.
constexpr std::array<std::string_view, 10> kStatements = {
    "SELECT id, payload, owner, expires_at, finished_at IS NOT NULL FROM requests WHERE key = ?1",
    "SELECT status, content_type, body FROM requests WHERE id = ?1",
    "INSERT INTO requests (key, payload, owner, expires_at) VALUES (?1, ?2, ?3, ?4)",
    "UPDATE requests SET expires_at = ?2, finished_at = ?3, bytes = ?4, status = ?5, "
    "content_type = ?6, body = ?7 WHERE id = ?1",
    "DELETE FROM requests WHERE id = ?1",
    "DELETE FROM requests WHERE finished_at IS NULL",
    "SELECT id, bytes FROM requests WHERE expires_at <= ?1 ORDER BY expires_at LIMIT 16",
    "SELECT id, bytes FROM requests WHERE finished_at IS NOT NULL "
    "ORDER BY finished_at, id LIMIT 16",
    "SELECT running FROM totals",
    "SELECT bytes FROM totals",
};

/// Ends a piece of purging early: deleting overwrites, which takes its time with large answers.
constexpr std::int64_t kPurgedBytes = std::int64_t{kMaxAnswerBytes};

}  // namespace

enum IdempotencyTable::Sql : std::size_t {
  kFind,
  kAnswer,
  kInsert,
  kKeep,
  kRemove,
  kFreeRunning,
  kExpired,
  kOldest,
  kTotalRunning,
  kTotalBytes,
};

std::span<const store::Migration> idempotency_migrations() noexcept { return kMigrations; }

core::Result<std::unique_ptr<IdempotencyTable>> IdempotencyTable::make(store::Database database,
                                                                       IdempotencyLimits limits) {
  std::unique_ptr<IdempotencyTable> table(new IdempotencyTable(std::move(database), limits));
  for (const std::string_view sql : kStatements) {
    core::Result<store::Statement> prepared = table->database_.prepare(sql);
    if (!prepared) return core::fail(std::move(prepared.error()));
    table->statements_.push_back(std::move(*prepared));
  }
  return table;
}

core::Result<void> IdempotencyTable::free_running() {
  const std::scoped_lock lock(mutex_);
  return statement(kFreeRunning).run();
}

core::Result<void> IdempotencyTable::remove_expired(std::int64_t now) {
  const std::scoped_lock lock(mutex_);
  for (bool is_more_left = true; is_more_left;) {
    core::Result<store::Transaction> transaction = store::Transaction::begin(database_);
    if (!transaction) return core::fail(std::move(transaction.error()));
    const core::Result<bool> removed = remove_some_expired(now);
    if (!removed) return core::fail(removed.error());
    is_more_left = *removed;
    if (core::Result<void> done = transaction->commit(); !done) return done;
  }
  return {};
}

core::Result<BeginOutcome> IdempotencyTable::begin(const IdempotentRequest& request,
                                                   std::int64_t now) {
  const std::scoped_lock lock(mutex_);
  core::Result<store::Transaction> transaction = store::Transaction::begin(database_);
  if (!transaction) return core::fail(std::move(transaction.error()));
  const core::Result<std::optional<Row>> row = find(request);
  if (!row) return core::fail(row.error());
  if (*row) {
    if (!(*row)->mark.is_expired(now)) return meet(**row, request);
    if (core::Result<void> done = remove((*row)->id); !done) return core::fail(done.error());
  }
  if (const auto purged = remove_some_expired(now); !purged) return core::fail(purged.error());
  const core::Result<std::int64_t> running = total(kTotalRunning);
  if (!running) return core::fail(running.error());
  // What has been purged stays so; only the mark is refused.
  const bool is_full = *running >= static_cast<std::int64_t>(limits_.max_running);
  if (!is_full) {
    if (core::Result<void> done = insert(request, now); !done) return core::fail(done.error());
  }
  if (core::Result<void> done = transaction->commit(); !done) return core::fail(done.error());
  if (is_full) return too_many_running();
  return BeginOutcome{BeginState::kBegun, nullptr};
}

core::Result<FinishState> IdempotencyTable::finish(const IdempotentRequest& request,
                                                   const StoredAnswer& answer, std::int64_t now) {
  const std::scoped_lock lock(mutex_);
  core::Result<store::Transaction> transaction = store::Transaction::begin(database_);
  if (!transaction) return core::fail(std::move(transaction.error()));
  const core::Result<std::optional<Row>> row = find(request);
  if (!row) return core::fail(row.error());
  if (!*row) return FinishState::kNotOwner;
  if ((*row)->mark.was_finished_by(request, now)) return FinishState::kKept;
  if (!(*row)->mark.is_held_by(request, now)) return FinishState::kNotOwner;
  if (is_too_large(request, answer, limits_)) return FinishState::kTooLarge;
  const auto bytes = static_cast<std::int64_t>(counted_bytes(request, answer));
  if (auto purged = remove_some_expired(now); !purged) return core::fail(purged.error());
  if (core::Result<void> done = make_room(bytes); !done) return core::fail(done.error());
  if (auto kept = keep((*row)->id, answer, bytes, now); !kept) return core::fail(kept.error());
  if (core::Result<void> done = transaction->commit(); !done) return core::fail(done.error());
  return FinishState::kKept;
}

core::Result<void> IdempotencyTable::release(const IdempotentRequest& request, std::int64_t now) {
  const std::scoped_lock lock(mutex_);
  core::Result<store::Transaction> transaction = store::Transaction::begin(database_);
  if (!transaction) return core::fail(std::move(transaction.error()));
  const core::Result<std::optional<Row>> row = find(request);
  if (!row) return core::fail(row.error());
  if (!*row || !(*row)->mark.is_held_by(request, now)) return {};
  if (core::Result<void> done = remove((*row)->id); !done) return done;
  return transaction->commit();
}

core::Result<std::optional<IdempotencyTable::Row>> IdempotencyTable::find(
    const IdempotentRequest& request) {
  store::Statement& found = statement(kFind);
  const store::ResetAtEnd reset(found);
  found.bind(1, request.key);
  const core::Result<bool> has_row = found.step();
  if (!has_row) return core::fail(has_row.error());
  if (!*has_row) return std::nullopt;
  return Row{found.column_int64(0),
             {found.column_text(1), found.column_text(2), found.column_int64(3),
              found.column_int64(4) != 0}};
}

core::Result<BeginOutcome> IdempotencyTable::meet(const Row& row,
                                                  const IdempotentRequest& request) {
  const BeginState state = row.mark.on_begin(request);
  if (state != BeginState::kReplay) return BeginOutcome{state, nullptr};
  store::Statement& read = statement(kAnswer);
  const store::ResetAtEnd reset(read);
  read.bind(1, row.id);
  const core::Result<bool> has_row = read.step();
  if (!has_row) return core::fail(has_row.error());
  auto answer = std::make_shared<StoredAnswer>();
  answer->status = static_cast<int>(read.column_int64(0));
  answer->content_type = read.column_text(1);
  answer->body = read.column_text(2);
  return BeginOutcome{state, std::move(answer)};
}

core::Result<void> IdempotencyTable::insert(const IdempotentRequest& request, std::int64_t now) {
  const IdempotencyMark mark = make_running_mark(request, limits_, now);
  store::Statement& inserted = statement(kInsert);
  inserted.bind(1, request.key);
  inserted.bind(2, mark.payload);
  inserted.bind(3, mark.owner);
  inserted.bind(4, mark.expires_at);
  return inserted.run();
}

core::Result<void> IdempotencyTable::keep(std::int64_t id, const StoredAnswer& answer,
                                          std::int64_t bytes, std::int64_t now) {
  store::Statement& kept = statement(kKeep);
  kept.bind(1, id);
  kept.bind(2, now + limits_.lifetime_seconds);
  kept.bind(3, now);
  kept.bind(4, bytes);
  kept.bind(5, std::int64_t{answer.status});
  kept.bind(6, answer.content_type);
  kept.bind(7, answer.body);
  return kept.run();
}

core::Result<void> IdempotencyTable::remove(std::int64_t id) {
  statement(kRemove).bind(1, id);
  return statement(kRemove).run();
}

core::Result<std::vector<IdempotencyTable::Counted>> IdempotencyTable::select(Sql sql) {
  store::Statement& selected = statement(sql);
  const store::ResetAtEnd reset(selected);
  std::vector<Counted> rows;
  for (;;) {
    const core::Result<bool> has_row = selected.step();
    if (!has_row) return core::fail(has_row.error());
    if (!*has_row) return rows;
    rows.emplace_back(selected.column_int64(0), selected.column_int64(1));
  }
}

core::Result<bool> IdempotencyTable::remove_some_expired(std::int64_t now) {
  statement(kExpired).bind(1, now);
  const core::Result<std::vector<Counted>> expired = select(kExpired);
  if (!expired) return core::fail(expired.error());
  std::int64_t removed_bytes = 0;
  for (const auto& [id, bytes] : *expired) {
    if (removed_bytes >= kPurgedBytes) break;
    if (core::Result<void> done = remove(id); !done) return core::fail(done.error());
    removed_bytes += bytes;
  }
  return !expired->empty();
}

core::Result<void> IdempotencyTable::make_room(std::int64_t bytes) {
  core::Result<std::int64_t> held = total(kTotalBytes);
  if (!held) return core::fail(std::move(held.error()));
  std::int64_t excess = *held + bytes - static_cast<std::int64_t>(limits_.max_bytes);
  // Ends: each round removes rows, and without any there is no excess.
  while (excess > 0) {
    const core::Result<std::vector<Counted>> oldest = select(kOldest);
    if (!oldest) return core::fail(oldest.error());
    if (oldest->empty()) return {};
    for (const auto& [id, size] : *oldest) {
      if (excess <= 0) break;
      if (core::Result<void> done = remove(id); !done) return done;
      excess -= size;
    }
  }
  return {};
}

core::Result<std::int64_t> IdempotencyTable::total(Sql sql) {
  const store::ResetAtEnd reset(statement(sql));
  const core::Result<bool> has_row = statement(sql).step();
  if (!has_row) return core::fail(has_row.error());
  return statement(sql).column_int64(0);
}

}  // namespace graphrail::history
