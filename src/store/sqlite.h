// SQLite as values that close themselves: a Database is one connection, a Statement one prepared
// statement of it, a Transaction rolls back unless committed. A connection and its statements
// belong to one thread at a time; SQLite calls block, so they run on core::WorkPool, never on an
// I/O thread. Every error is a StoreError whose private cause names the file and SQLite's reason.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "store/store_error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace graphrail::store {

/// A prepared statement. Parameters count from 1 and columns from 0, as in SQLite.
class Statement {
 public:
  void bind(int parameter, std::int64_t value);
  /// Copies `value`, which may contain NUL characters.
  void bind(int parameter, std::string_view value);
  void bind_null(int parameter);

  /// Runs to the next row: true when there is one, false at the end. Fails with kBusy, kConstraint,
  /// kCorrupt, kFailed, also for a value that could not be bound.
  [[nodiscard]] core::Result<bool> step();
  /// Makes the statement ready for the next run and forgets the bound values.
  void reset() noexcept;
  /// step() to the end, then reset(): for statements without rows.
  [[nodiscard]] core::Result<void> run();

  [[nodiscard]] std::int64_t column_int64(int column) const;
  /// Copies the text; NULL reads as empty.
  [[nodiscard]] std::string column_text(int column) const;
  [[nodiscard]] bool column_is_null(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  explicit Statement(sqlite3_stmt* statement) : statement_(statement) {}

  void note(int code) noexcept;

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  /// The first binding that failed since reset(); 0 when none did.
  int bind_error_ = 0;
};

/// Resets a statement when the scope ends, so that no read lock outlives the query.
class ResetAtEnd {
 public:
  explicit ResetAtEnd(Statement& statement) : statement_(statement) {}
  ~ResetAtEnd() { statement_.reset(); }
  ResetAtEnd(const ResetAtEnd&) = delete;
  ResetAtEnd& operator=(const ResetAtEnd&) = delete;

 private:
  Statement& statement_;
};

enum class Access { kReadWrite, kReadOnly };

class Database {
 public:
  /// Opens an existing file in WAL mode with foreign keys on and synchronous=NORMAL (a committed
  /// transaction survives a crash of the process; a power cut may lose the last ones). Waits up to
  /// `busy_timeout` for other processes. Fails with kCannotOpen, kCorrupt, kBusy, kFailed.
  [[nodiscard]] static core::Result<Database> open(const std::filesystem::path& file, Access access,
                                                   std::chrono::milliseconds busy_timeout);

  /// Runs one or more statements that return no rows.
  [[nodiscard]] core::Result<void> execute(const std::string& sql);
  [[nodiscard]] core::Result<Statement> prepare(std::string_view sql);
  /// The first column of the first row, e.g. of a PRAGMA. Fails with kFailed when there is no row.
  [[nodiscard]] core::Result<std::int64_t> query_int64(std::string_view sql);
  /// Rows changed by the statement that ran last.
  [[nodiscard]] std::int64_t changes() const noexcept;

 private:
  struct Close {
    void operator()(sqlite3* connection) const noexcept;
  };
  explicit Database(sqlite3* connection) : connection_(connection) {}

  core::Result<void> configure(Access access, std::chrono::milliseconds busy_timeout);

  std::unique_ptr<sqlite3, Close> connection_;
};

/// BEGIN IMMEDIATE ... COMMIT; destroyed without commit() it rolls back.
class Transaction {
 public:
  [[nodiscard]] static core::Result<Transaction> begin(Database& database);
  [[nodiscard]] core::Result<void> commit();

  ~Transaction();
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;

 private:
  explicit Transaction(Database& database) : database_(&database) {}
  /// Null once committed or moved from.
  Database* database_;
};

}  // namespace graphrail::store
