#include "quota/journal.h"

#include <array>
#include <utility>

#include "store/data_file.h"
#include "store/migrations.h"

namespace graphrail::quota {
namespace {

// Rows are written in the order of their numbers and looked up by number only, so the table needs
// no index: an insert appends, and pruning takes from the front. `used` and `quota` are what the
// caller was told; `state` is ChargeState; times are Unix seconds.
constexpr std::string_view kTables = R"sql(
CREATE TABLE claims (
  id INTEGER NOT NULL PRIMARY KEY,
  position INTEGER NOT NULL,
  request_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  window INTEGER NOT NULL,
  cost INTEGER NOT NULL,
  is_reservation INTEGER NOT NULL,
  used INTEGER NOT NULL,
  quota INTEGER NOT NULL,
  state INTEGER NOT NULL,
  lease_end INTEGER NOT NULL,
  ended_at INTEGER NOT NULL
);
)sql";

constexpr std::array kMigrations = {store::Migration{1, "claims", kTables}};

constexpr std::string_view kInsert =
    "INSERT INTO claims VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)";
constexpr std::string_view kUpdate =
    "UPDATE claims SET state = ?2, ended_at = ?3, cost = ?4 WHERE id = ?1";
constexpr std::string_view kPrune = R"sql(
DELETE FROM claims WHERE window < ?1 AND id IN (SELECT id FROM claims ORDER BY id LIMIT 1000)
)sql";
constexpr std::string_view kLoad = R"sql(
SELECT id, position, request_id, subject, window, cost, is_reservation, used, quota, state,
       lease_end, ended_at
FROM claims ORDER BY id
)sql";

std::uint64_t column_count(const store::Statement& row, int column) {
  return static_cast<std::uint64_t>(row.column_int64(column));
}

std::unique_ptr<ChargeRecord> read_record(const store::Statement& row) {
  auto record = std::make_unique<ChargeRecord>();
  record->first_row = row.column_int64(0);
  record->request_id = row.column_text(2);
  record->window = {row.column_int64(4)};
  record->state = static_cast<ChargeState>(row.column_int64(9));
  record->lease_end = row.column_int64(10);
  record->ended_at = row.column_int64(11);
  return record;
}

MetClaim read_claim(const store::Statement& row) {
  return {row.column_text(3), column_count(row, 5), row.column_int64(6) != 0, column_count(row, 7),
          column_count(row, 8)};
}

}  // namespace

core::Result<std::unique_ptr<Journal>> Journal::open(const std::filesystem::path& file,
                                                     std::chrono::milliseconds busy_timeout) {
  core::Result<store::Database> database = store::open_data_file(file, busy_timeout, kMigrations);
  if (!database) return core::fail(std::move(database.error()));
  // With WAL, FULL is what makes a commit wait for the disk.
  if (auto set = database->execute("PRAGMA synchronous=FULL"); !set) {
    return core::fail(std::move(set.error()));
  }
  core::Result<store::Statement> insert = database->prepare(kInsert);
  if (!insert) return core::fail(std::move(insert.error()));
  core::Result<store::Statement> update = database->prepare(kUpdate);
  if (!update) return core::fail(std::move(update.error()));
  core::Result<store::Statement> prune = database->prepare(kPrune);
  if (!prune) return core::fail(std::move(prune.error()));
  return std::make_unique<Journal>(std::move(*database), std::move(*insert), std::move(*update),
                                   std::move(*prune));
}

core::Result<void> Journal::load(const std::function<void(std::unique_ptr<ChargeRecord>)>& take) {
  core::Result<store::Statement> rows = database_.prepare(kLoad);
  if (!rows) return core::fail(std::move(rows.error()));
  std::unique_ptr<ChargeRecord> record;
  for (;;) {
    const core::Result<bool> row = rows->step();
    if (!row) return core::fail(row.error());
    const bool begins_next = !*row || record == nullptr || rows->column_int64(1) == 0 ||
                             rows->column_text(2) != record->request_id;
    if (begins_next && record != nullptr) take(std::move(record));
    if (!*row) return {};
    const std::int64_t state = rows->column_int64(9);
    if (state < 0 || state > static_cast<std::int64_t>(ChargeState::kExpired) ||
        rows->column_int64(5) < 0) {
      return core::fail(store::StoreError::kCorrupt, {"The ledger cannot be read."},
                        {"a row of the table claims has a state or cost of no meaning"});
    }
    // A charge is written whole, but the end of a batch of pruning may part its rows.
    if (record == nullptr) record = read_record(*rows);
    record->claims.push_back(read_claim(*rows));
  }
}

core::Result<std::int64_t> Journal::write(const Changes& changes,
                                          std::optional<Window> prune_before) {
  core::Result<store::Transaction> transaction = store::Transaction::begin(database_);
  if (!transaction) return core::fail(std::move(transaction.error()));
  for (const Change& change : changes) {
    core::Result<void> done = change.is_new ? insert(*change.record) : update(*change.record);
    if (!done) return core::fail(std::move(done.error()));
  }
  core::Result<std::int64_t> pruned = 0;
  if (prune_before) pruned = prune(*prune_before);
  if (!pruned) return pruned;
  if (core::Result<void> done = transaction->commit(); !done) {
    return core::fail(std::move(done.error()));
  }
  return pruned;
}

core::Result<std::int64_t> Journal::prune(Window before) {
  prune_.bind(1, before.number);
  if (core::Result<void> done = prune_.run(); !done) return core::fail(std::move(done.error()));
  return database_.changes();
}

core::Result<void> Journal::insert(const ChargeRecord& record) {
  for (std::size_t i = 0; i < record.claims.size(); ++i) {
    const MetClaim& claim = record.claims[i];
    const auto position = static_cast<std::int64_t>(i);
    insert_.bind(1, record.first_row + position);
    insert_.bind(2, position);
    insert_.bind(3, record.request_id);
    insert_.bind(4, claim.subject);
    insert_.bind(5, record.window.number);
    insert_.bind(6, static_cast<std::int64_t>(claim.cost));
    insert_.bind(7, std::int64_t{claim.is_reservation});
    insert_.bind(8, static_cast<std::int64_t>(claim.used));
    insert_.bind(9, static_cast<std::int64_t>(claim.limit));
    insert_.bind(10, static_cast<std::int64_t>(record.state));
    insert_.bind(11, record.lease_end);
    insert_.bind(12, record.ended_at);
    if (core::Result<void> done = insert_.run(); !done) return done;
  }
  return {};
}

core::Result<void> Journal::update(const ChargeRecord& record) {
  for (std::size_t i = 0; i < record.claims.size(); ++i) {
    update_.bind(1, record.first_row + static_cast<std::int64_t>(i));
    update_.bind(2, static_cast<std::int64_t>(record.state));
    update_.bind(3, record.ended_at);
    update_.bind(4, static_cast<std::int64_t>(record.claims[i].cost));
    if (core::Result<void> done = update_.run(); !done) return done;
  }
  return {};
}

}  // namespace graphrail::quota
