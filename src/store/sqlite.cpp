#include "store/sqlite.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <utility>

namespace graphrail::store {
namespace {

/// SQLite's result codes (https://www.sqlite.org/rescode.html), told apart by what one can do.
StoreError to_store_error(int code) noexcept {
  switch (code & 0xFF) {
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return StoreError::kCannotOpen;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return StoreError::kCorrupt;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return StoreError::kBusy;
    case SQLITE_CONSTRAINT:
      return StoreError::kConstraint;
    default:
      return StoreError::kFailed;
  }
}

std::string advice(StoreError error) {
  switch (error) {
    case StoreError::kCorrupt:
      return "; it is not a SQLite database or is damaged: restore a backup or move it away";
    case StoreError::kCannotOpen:
      return "; check that the file and its folder exist and are writable";
    default:
      return "";
  }
}

std::unexpected<core::Error> failure(sqlite3* connection, int code) {
  const char* file = connection == nullptr ? nullptr : sqlite3_db_filename(connection, "main");
  const char* detail = connection == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(connection);
  const StoreError error = to_store_error(code);
  return core::fail(error, {"The database did not answer as expected."},
                    {fmt::format("SQLite {}: {} (code {}){}", file == nullptr ? "" : file, detail,
                                 code, advice(error))});
}

}  // namespace

void Statement::Finalize::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite3_finalize(statement);
}

void Statement::note(int code) noexcept {
  if (bind_error_ == SQLITE_OK) bind_error_ = code;
}

void Statement::bind(int parameter, std::int64_t value) {
  note(sqlite3_bind_int64(statement_.get(), parameter, value));
}

void Statement::bind(int parameter, std::string_view value) {
  // A null pointer would bind NULL, and an empty view may carry one.
  const char* data = value.data() == nullptr ? "" : value.data();
  note(sqlite3_bind_text64(statement_.get(), parameter, data, value.size(), SQLITE_TRANSIENT,
                           SQLITE_UTF8));
}

void Statement::bind_null(int parameter) { note(sqlite3_bind_null(statement_.get(), parameter)); }

core::Result<bool> Statement::step() {
  sqlite3* connection = sqlite3_db_handle(statement_.get());
  if (bind_error_ != SQLITE_OK) return failure(connection, bind_error_);
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return failure(connection, code);
}

void Statement::reset() noexcept {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
  bind_error_ = SQLITE_OK;
}

core::Result<void> Statement::run() {
  const ResetAtEnd reset_at_end(*this);
  for (;;) {
    const core::Result<bool> row = step();
    if (!row) return core::fail(row.error());
    if (!*row) return {};
  }
}

std::int64_t Statement::column_int64(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}

std::string Statement::column_text(int column) const {
  const void* text = sqlite3_column_text(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  return text == nullptr
             ? std::string()
             : std::string(static_cast<const char*>(text), static_cast<std::size_t>(size));
}

bool Statement::column_is_null(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

void Database::Close::operator()(sqlite3* connection) const noexcept {
  sqlite3_close_v2(connection);
}

core::Result<Database> Database::open(const std::filesystem::path& file, Access access,
                                      std::chrono::milliseconds busy_timeout) {
  sqlite3* connection = nullptr;
  // A reader is opened for writing too, because WAL's shared memory needs it; query_only guards it.
  const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(file.c_str(), &connection, flags, nullptr);
  Database database(connection);
  if (code != SQLITE_OK) return failure(connection, code);
  if (core::Result<void> ready = database.configure(access, busy_timeout); !ready) {
    return core::fail(std::move(ready.error()));
  }
  return database;
}

core::Result<void> Database::configure(Access access, std::chrono::milliseconds busy_timeout) {
  if (sqlite3_db_readonly(connection_.get(), "main") == 1) {
    return failure(connection_.get(), SQLITE_READONLY);
  }
  sqlite3_busy_timeout(connection_.get(), static_cast<int>(busy_timeout.count()));
  std::string settings =
      "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;";
  if (access == Access::kReadOnly) settings += "PRAGMA query_only=ON;";
  return execute(settings);
}

core::Result<void> Database::execute(const std::string& sql) {
  const int code = sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return failure(connection_.get(), code);
  return {};
}

core::Result<Statement> Database::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return failure(connection_.get(), code);
  return Statement(statement);
}

core::Result<std::int64_t> Database::query_int64(std::string_view sql) {
  core::Result<Statement> statement = prepare(sql);
  if (!statement) return core::fail(std::move(statement.error()));
  const core::Result<bool> row = statement->step();
  if (!row) return core::fail(row.error());
  if (!*row) {
    return core::fail(StoreError::kFailed, {"The database did not answer as expected."},
                      {fmt::format("no row from: {}", sql)});
  }
  return statement->column_int64(0);
}

std::int64_t Database::changes() const noexcept { return sqlite3_changes64(connection_.get()); }

core::Result<Transaction> Transaction::begin(Database& database) {
  if (core::Result<void> begun = database.execute("BEGIN IMMEDIATE"); !begun) {
    return core::fail(std::move(begun.error()));
  }
  return Transaction(database);
}

core::Result<void> Transaction::commit() {
  core::Result<void> committed = database_->execute("COMMIT");
  if (committed) database_ = nullptr;
  return committed;
}

Transaction::Transaction(Transaction&& other) noexcept
    : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  // A rollback that fails leaves nothing to do: SQLite has rolled back by itself already.
  if (database_ != nullptr) static_cast<void>(database_->execute("ROLLBACK"));
}

}  // namespace graphrail::store
