#include "history/sqlite_graph_store.h"

#include <fmt/format.h>

#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "history/save_queue.h"
#include "history/sqlite_connections.h"
#include "store/data_file.h"

namespace graphrail::history {
namespace {

/// About a thousand pages of the log: what SQLite itself would wait for.
constexpr std::size_t kSavesPerCheckpoint = 128;
/// Pages after which a save brings the log home itself, should it outgrow the checkpoints: 64 MiB.
constexpr std::string_view kLateCheckpoint = "PRAGMA wal_autocheckpoint=16000";

/// Brings the log home on a connection of its own: that waits for the disk, and no save shall wait
/// with it.
struct Checkpointer {
  explicit Checkpointer(store::Database connection) : database(std::move(connection)) {}

  /// True when it is time, for one caller.
  bool is_due() {
    if (++saves < kSavesPerCheckpoint || is_running.exchange(true)) return false;
    saves = 0;
    return true;
  }

  void run() {
    // What it leaves behind, the next one takes.
    static_cast<void>(database.execute("PRAGMA wal_checkpoint(PASSIVE)"));
    is_running = false;
  }

  store::Database database;
  std::atomic<std::size_t> saves{0};
  std::atomic<bool> is_running{false};
};

/// Shared with the work in flight, which may outlive the store.
struct Connections {
  std::unique_ptr<SaveQueue> saves;
  std::unique_ptr<Checkpointer> checkpointer;
  std::vector<std::unique_ptr<GraphReader>> readers;
  std::atomic<std::size_t> next_reader{0};

  GraphReader& reader() { return *readers[next_reader++ % readers.size()]; }
};

/// What the database said, in the words of this room; "not found" stays what it is.
core::Error to_history_error(core::Error error) {
  if (error.code().category() == make_error_code(HistoryError::kUnavailable).category()) {
    return error;
  }
  return core::Error(HistoryError::kUnavailable, {"Saved graphs are not available right now."},
                     {error.private_cause().empty() ? error.public_text() : error.private_cause()});
}

/// Joins the pool's own failure (queue full) and the work's.
template <class T>
core::Result<T> flatten(core::Result<core::Result<T>> outcome) {
  if (!outcome) return core::fail(std::move(outcome.error()));
  if (!*outcome) return core::fail(to_history_error(std::move(outcome->error())));
  return std::move(*outcome);
}

boost::asio::awaitable<void> checkpoint(std::shared_ptr<Connections> connections,
                                        std::shared_ptr<core::WorkPool> pool) {
  auto work = [connections] {
    connections->checkpointer->run();
    return true;
  };
  auto running = pool->run(std::move(work));
  const core::Result<bool> outcome = co_await std::move(running);
  if (!outcome) connections->checkpointer->is_running = false;
}

class SqliteGraphStore final : public GraphStore {
 public:
  SqliteGraphStore(std::shared_ptr<Connections> connections, std::shared_ptr<core::WorkPool> pool,
                   std::shared_ptr<core::Clock> clock)
      : connections_(std::move(connections)), pool_(std::move(pool)), clock_(std::move(clock)) {}

  boost::asio::awaitable<core::Result<void>> save(
      std::shared_ptr<const SavedGraph> graph) override {
    const auto save = connections_->saves->add(std::move(graph));
    auto work = [connections = connections_, save, now = clock_->unix_seconds()] {
      return connections->saves->finish(save, now);
    };
    const std::shared_ptr<Connections> connections = connections_;
    const std::shared_ptr<core::WorkPool> pool = pool_;
    auto running = pool->run(std::move(work));
    auto outcome = co_await std::move(running);
    if (!outcome) connections->saves->remove(save);
    if (connections->checkpointer->is_due()) {
      const auto executor = co_await boost::asio::this_coro::executor;
      boost::asio::co_spawn(executor, checkpoint(connections, pool), boost::asio::detached);
    }
    co_return flatten(std::move(outcome));
  }

  boost::asio::awaitable<core::Result<SavedGraph>> find(std::string session_id) override {
    auto work = [connections = connections_, session_id, now = clock_->unix_seconds()] {
      return connections->reader().find(session_id, now);
    };
    auto running = pool_->run(std::move(work));
    auto outcome = co_await std::move(running);
    co_return flatten(std::move(outcome));
  }

  boost::asio::awaitable<bool> is_ready() override {
    auto work = [connections = connections_] { return connections->reader().probe(); };
    auto running = pool_->run(std::move(work));
    auto outcome = co_await std::move(running);
    co_return outcome.has_value() && outcome->has_value();
  }

 private:
  std::shared_ptr<Connections> connections_;
  std::shared_ptr<core::WorkPool> pool_;
  std::shared_ptr<core::Clock> clock_;
};

core::Result<std::unique_ptr<GraphReader>> open_reader(const SqliteGraphStoreOptions& options) {
  core::Result<store::Database> database =
      store::Database::open(options.file, store::Access::kReadOnly, options.busy_timeout);
  if (!database) return core::fail(std::move(database.error()));
  return GraphReader::make(std::move(*database));
}

}  // namespace

core::Result<std::shared_ptr<GraphStore>> make_sqlite_graph_store(
    SqliteGraphStoreOptions options, std::shared_ptr<core::WorkPool> pool,
    std::shared_ptr<core::Clock> clock) {
  core::Result<store::Database> database =
      store::open_data_file(options.file, options.busy_timeout);
  if (!database) return core::fail(std::move(database.error()));
  if (auto set = database->execute(std::string(kLateCheckpoint)); !set) {
    return core::fail(std::move(set.error()));
  }
  core::Result<std::unique_ptr<GraphWriter>> writer = GraphWriter::make(std::move(*database));
  if (!writer) return core::fail(std::move(writer.error()));
  core::Result<store::Database> log =
      store::Database::open(options.file, store::Access::kReadWrite, options.busy_timeout);
  if (!log) return core::fail(std::move(log.error()));
  auto connections = std::make_shared<Connections>();
  connections->checkpointer = std::make_unique<Checkpointer>(std::move(*log));
  connections->saves = std::make_unique<SaveQueue>(std::move(*writer));
  for (std::size_t i = 0; i < std::max<std::size_t>(options.reader_count, 1); ++i) {
    core::Result<std::unique_ptr<GraphReader>> reader = open_reader(options);
    if (!reader) return core::fail(std::move(reader.error()));
    connections->readers.push_back(std::move(*reader));
  }
  return std::make_shared<SqliteGraphStore>(std::move(connections), std::move(pool),
                                            std::move(clock));
}

}  // namespace graphrail::history
