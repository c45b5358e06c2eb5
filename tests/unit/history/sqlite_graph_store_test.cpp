#include "history/sqlite_graph_store.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <filesystem>
#include <future>
#include <thread>
#include <vector>

#include "core/core_error.h"
#include "store/data_file.h"
#include "support/temporary_folder.h"
#include "unit/history/graph_store_contract.h"

namespace graphrail::history {
namespace {

using std::chrono::milliseconds;

/// A store in a file of its own.
class SqliteFixture {
 public:
  static std::unique_ptr<SqliteFixture> make() { return std::make_unique<SqliteFixture>(); }

  explicit SqliteFixture(unsigned threads = 2, std::size_t max_queued = 1'000)
      : pool_(std::make_shared<core::WorkPool>(threads, max_queued)) {
    SqliteGraphStoreOptions options;
    options.file = file();
    options.busy_timeout = milliseconds(0);
    store_ = make_sqlite_graph_store(options, pool_, clock_).value();
  }

  GraphStore& store() { return *store_; }
  core::ManualClock& clock() { return *clock_; }
  core::WorkPool& pool() { return *pool_; }
  std::filesystem::path file() const { return folder_ / "graphrail.db"; }
  /// A connection beside the store's, as another process would have.
  store::Database other_connection() {
    return store::open_data_file(file(), milliseconds(0)).value();
  }
  void close() { store_.reset(); }

 private:
  test::TemporaryFolder folder_;
  std::shared_ptr<core::ManualClock> clock_ = std::make_shared<core::ManualClock>();
  std::shared_ptr<core::WorkPool> pool_;
  std::shared_ptr<GraphStore> store_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, GraphStoreContract, SqliteFixture);

SavedGraph small_graph(int number, std::int64_t expires_at) {
  SavedGraph saved;
  saved.session_id = "session-" + std::to_string(number);
  saved.title = "t";
  saved.meta_json = "{}";
  saved.source_text = "text";
  saved.graph.nodes.push_back({"nova", "Nova", "Project", {}, {}});
  saved.created_at = 1;
  saved.expires_at = expires_at;
  return saved;
}

core::Result<void> save(GraphStore& store, SavedGraph graph) {
  return test::await(store.save(std::make_shared<const SavedGraph>(std::move(graph))));
}

TEST(SqliteGraphStore, RemovesABoundedBatchOfExpiredGraphsWithEachSave) {
  SqliteFixture fixture;
  const std::int64_t now = fixture.clock().unix_seconds();
  for (int i = 0; i < 40; ++i) ASSERT_TRUE(save(fixture.store(), small_graph(i, now + 10)));
  fixture.clock().advance(std::chrono::seconds(10));
  store::Database database = fixture.other_connection();
  const auto rows = [&] {
    return database.query_int64("SELECT count(*) FROM graphs").value_or(-1);
  };
  ASSERT_TRUE(save(fixture.store(), small_graph(100, now + 1'000)));
  EXPECT_EQ(rows(), 41 - 16);
  ASSERT_TRUE(save(fixture.store(), small_graph(101, now + 1'000)));
  ASSERT_TRUE(save(fixture.store(), small_graph(102, now + 1'000)));
  EXPECT_EQ(rows(), 3);
}

TEST(SqliteGraphStore, BringsItsLogHomeBesideTheSaves) {
  SqliteFixture fixture;
  const auto home_before = std::filesystem::file_size(fixture.file());
  for (int i = 0; i < 150; ++i) ASSERT_TRUE(save(fixture.store(), small_graph(i, 0)));
  fixture.pool().stop();
  EXPECT_GT(std::filesystem::file_size(fixture.file()), home_before);
}

TEST(SqliteGraphStore, FillsTheColumnsOfTheDesign) {
  SqliteFixture fixture;
  ASSERT_TRUE(save(fixture.store(), small_graph(1, 0)));
  store::Database database = fixture.other_connection();
  EXPECT_EQ(database
                .query_int64("SELECT count(*) FROM graphs WHERE node_count = 1 AND edge_count = 0 "
                             "AND user_id IS NULL AND source_url IS NULL AND expires_at IS NULL "
                             "AND length(id) = 32 AND created_at = 1")
                .value_or(-1),
            1);
}

TEST(SqliteGraphStore, KeepsItsGraphsOverARestart) {
  SqliteFixture fixture;
  ASSERT_TRUE(save(fixture.store(), small_graph(1, 0)));
  fixture.close();
  SqliteGraphStoreOptions options;
  options.file = fixture.file();
  auto again = make_sqlite_graph_store(options, std::make_shared<core::WorkPool>(1, 10),
                                       std::make_shared<core::ManualClock>());
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(test::await((*again)->find("session-1")).has_value());
}

TEST(SqliteGraphStore, SaysUnavailableWhileAnotherProcessHoldsTheDatabase) {
  SqliteFixture fixture;
  store::Database other = fixture.other_connection();
  core::Result<store::Transaction> held = store::Transaction::begin(other);
  ASSERT_TRUE(held.has_value());
  const core::Result<void> saved = save(fixture.store(), small_graph(1, 0));
  ASSERT_FALSE(saved.has_value());
  EXPECT_EQ(saved.error().code(), HistoryError::kUnavailable);
  EXPECT_FALSE(saved.error().private_cause().empty());
  ASSERT_TRUE(held->commit());
  EXPECT_TRUE(save(fixture.store(), small_graph(1, 0)).has_value());
}

TEST(SqliteGraphStore, SaysUnavailableWhenTheTableIsGone) {
  SqliteFixture fixture;
  ASSERT_TRUE(fixture.other_connection().execute("DROP TABLE graphs"));
  EXPECT_FALSE(test::await(fixture.store().is_ready()));
  EXPECT_EQ(test::await(fixture.store().find("a")).error().code(), HistoryError::kUnavailable);
  EXPECT_EQ(save(fixture.store(), small_graph(1, 0)).error().code(), HistoryError::kUnavailable);
}

TEST(SqliteGraphStore, SaysUnavailableWhenARowIsDamaged) {
  SqliteFixture fixture;
  ASSERT_TRUE(save(fixture.store(), small_graph(1, 0)));
  for (const std::string damaged : {"{", "{}", "[]"}) {
    ASSERT_TRUE(fixture.other_connection().execute("UPDATE graphs SET graph = '" + damaged + "'"));
    EXPECT_EQ(test::await(fixture.store().find("session-1")).error().code(),
              HistoryError::kUnavailable);
  }
}

TEST(SqliteGraphStore, PassesOnThatThePoolIsFull) {
  SqliteFixture fixture(1, 0);
  EXPECT_EQ(save(fixture.store(), small_graph(1, 0)).error().code(), core::CoreError::kBusy);
  EXPECT_EQ(test::await(fixture.store().find("a")).error().code(), core::CoreError::kBusy);
  EXPECT_FALSE(test::await(fixture.store().is_ready()));
}

boost::asio::awaitable<bool> save_then_find(GraphStore* store, int number) {
  auto graph = std::make_shared<const SavedGraph>(small_graph(number, 0));
  auto saving = store->save(graph);
  const core::Result<void> saved = co_await std::move(saving);
  auto finding = store->find(graph->session_id);
  const core::Result<SavedGraph> found = co_await std::move(finding);
  co_return saved.has_value() && found.has_value() && *found == *graph;
}

TEST(SqliteGraphStore, ServesManyCallersFromSeveralThreads) {
  SqliteFixture fixture(4);
  boost::asio::io_context context;
  std::vector<std::future<bool>> outcomes;
  for (int i = 0; i < 200; ++i) {
    outcomes.push_back(boost::asio::co_spawn(context, save_then_find(&fixture.store(), i),
                                             boost::asio::use_future));
  }
  std::vector<std::jthread> threads;
  for (int i = 0; i < 3; ++i) threads.emplace_back([&context] { context.run(); });
  for (std::future<bool>& outcome : outcomes) EXPECT_TRUE(outcome.get());
}

TEST(SqliteGraphStore, AnswersACallThatOutlivesIt) {
  SqliteFixture fixture;
  auto saving = fixture.store().save(std::make_shared<const SavedGraph>(small_graph(1, 0)));
  boost::asio::io_context context;
  auto outcome = boost::asio::co_spawn(context, std::move(saving), boost::asio::use_future);
  context.poll();
  fixture.close();
  context.run();
  EXPECT_TRUE(outcome.get().has_value());
}

TEST(MakeSqliteGraphStore, FailsWhenTheFolderCannotBeUsed) {
  SqliteGraphStoreOptions options;
  options.file = "/proc/graphrail/graphrail.db";
  const auto store = make_sqlite_graph_store(options, std::make_shared<core::WorkPool>(1, 1),
                                             std::make_shared<core::ManualClock>());
  ASSERT_FALSE(store.has_value());
  EXPECT_EQ(store.error().code(), store::StoreError::kCannotOpen);
}

}  // namespace
}  // namespace graphrail::history
