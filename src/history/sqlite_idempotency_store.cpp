#include "history/sqlite_idempotency_store.h"

#include <optional>
#include <string>
#include <utility>

#include "core/core_error.h"
#include "history/idempotency_table.h"
#include "store/data_file.h"
#include "store/file_lock.h"

namespace graphrail::history {
namespace {

/// Zeros over what is deleted, and a log that is cut once it came home.
constexpr std::string_view kForget = "PRAGMA secure_delete=ON; PRAGMA journal_size_limit=0";

/// Shared with the work in flight, which may outlive the store: the lock ends with the last of it.
struct OpenFile {
  std::optional<store::FileLock> lock;
  std::unique_ptr<IdempotencyTable> table;
};

/// What the database said, in the words of this room; "busy" stays what it is.
core::Error to_history_error(core::Error error) {
  if (error.is(core::CoreError::kBusy)) return error;
  return core::Error(HistoryError::kUnavailable,
                     {"Requests with an Idempotency-Key cannot be checked right now."},
                     {error.private_cause().empty() ? error.public_text() : error.private_cause()});
}

/// Joins the pool's own failure (queue full) and the work's.
template <class T>
core::Result<T> flatten(core::Result<core::Result<T>> outcome) {
  if (!outcome) return core::fail(std::move(outcome.error()));
  if (!*outcome) return core::fail(to_history_error(std::move(outcome->error())));
  return std::move(*outcome);
}

class SqliteIdempotencyStore final : public IdempotencyStore {
 public:
  SqliteIdempotencyStore(std::shared_ptr<OpenFile> file, std::shared_ptr<core::WorkPool> pool,
                         std::shared_ptr<const core::Clock> clock)
      : file_(std::move(file)), pool_(std::move(pool)), clock_(std::move(clock)) {}

  boost::asio::awaitable<core::Result<BeginOutcome>> begin(IdempotentRequest request) override {
    auto work = [file = file_, clock = clock_, request = std::move(request)] {
      return file->table->begin(request, clock->unix_seconds());
    };
    auto running = pool_->run(std::move(work));
    auto outcome = co_await std::move(running);
    co_return flatten(std::move(outcome));
  }

  boost::asio::awaitable<core::Result<FinishState>> finish(
      IdempotentRequest request, std::shared_ptr<const StoredAnswer> answer) override {
    auto work = [file = file_, clock = clock_, request = std::move(request),
                 answer = std::move(answer)] {
      return file->table->finish(request, *answer, clock->unix_seconds());
    };
    auto running = pool_->run(std::move(work));
    auto outcome = co_await std::move(running);
    co_return flatten(std::move(outcome));
  }

  boost::asio::awaitable<core::Result<void>> release(IdempotentRequest request) override {
    auto work = [file = file_, clock = clock_, request = std::move(request)] {
      return file->table->release(request, clock->unix_seconds());
    };
    auto running = pool_->run(std::move(work));
    auto outcome = co_await std::move(running);
    co_return flatten(std::move(outcome));
  }

 private:
  std::shared_ptr<OpenFile> file_;
  std::shared_ptr<core::WorkPool> pool_;
  std::shared_ptr<const core::Clock> clock_;
};

core::Result<std::unique_ptr<IdempotencyTable>> open_table(
    const SqliteIdempotencyStoreOptions& options) {
  core::Result<store::Database> database =
      store::open_data_file(options.file, options.busy_timeout, idempotency_migrations());
  if (!database) return core::fail(std::move(database.error()));
  if (core::Result<void> set = database->execute(std::string(kForget)); !set) {
    return core::fail(std::move(set.error()));
  }
  return IdempotencyTable::make(std::move(*database), options.limits);
}

}  // namespace

core::Result<std::shared_ptr<IdempotencyStore>> make_sqlite_idempotency_store(
    SqliteIdempotencyStoreOptions options, std::shared_ptr<core::WorkPool> pool,
    std::shared_ptr<const core::Clock> clock, RunningAtOpen running) {
  auto file = std::make_shared<OpenFile>();
  if (running == RunningAtOpen::kFree) {
    core::Result<store::FileLock> lock = store::FileLock::acquire(options.file.string() + ".lock");
    if (!lock) return core::fail(std::move(lock.error()));
    file->lock.emplace(std::move(*lock));
  }
  core::Result<std::unique_ptr<IdempotencyTable>> table = open_table(options);
  if (!table) return core::fail(std::move(table.error()));
  file->table = std::move(*table);
  if (running == RunningAtOpen::kFree) {
    if (auto freed = file->table->free_running(); !freed) {
      return core::fail(std::move(freed.error()));
    }
  }
  if (auto removed = file->table->remove_expired(clock->unix_seconds()); !removed) {
    return core::fail(std::move(removed.error()));
  }
  return std::make_shared<SqliteIdempotencyStore>(std::move(file), std::move(pool),
                                                  std::move(clock));
}

}  // namespace graphrail::history
