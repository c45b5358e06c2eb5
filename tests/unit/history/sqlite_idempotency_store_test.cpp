#include "history/sqlite_idempotency_store.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <boost/asio/co_spawn.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>

#include "history/idempotency_table.h"
#include "store/data_file.h"
#include "support/history/idempotency_contract.h"
#include "support/temporary_folder.h"

namespace graphrail::history {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

/// A store in a file of its own, which can be opened again.
class SqliteFixture {
 public:
  static std::unique_ptr<SqliteFixture> make(IdempotencyLimits limits) {
    return std::make_unique<SqliteFixture>(limits);
  }
  explicit SqliteFixture(IdempotencyLimits limits = {}, std::size_t max_queued = 1'000)
      : limits_(limits), pool_(std::make_shared<core::WorkPool>(4, max_queued)) {
    store_ = open().value();
  }

  core::Result<std::shared_ptr<IdempotencyStore>> open(
      RunningAtOpen running = RunningAtOpen::kFree) {
    SqliteIdempotencyStoreOptions options;
    options.file = file();
    options.limits = limits_;
    options.busy_timeout = milliseconds(0);
    return make_sqlite_idempotency_store(options, pool_, clock_, running);
  }
  void close() { store_.reset(); }
  void reopen(RunningAtOpen running = RunningAtOpen::kFree) {
    close();
    store_ = open(running).value();
  }

  IdempotencyStore& store() { return *store_; }
  core::ManualClock& clock() { return *clock_; }
  std::filesystem::path file() const { return folder_ / "data/idempotency.db"; }
  /// A connection beside the store's, as another process would have.
  store::Database other_connection() {
    return store::open_data_file(file(), milliseconds(0), idempotency_migrations()).value();
  }
  std::int64_t rows() {
    return other_connection().query_int64("SELECT count(*) FROM requests").value_or(-1);
  }

  core::Result<BeginOutcome> begin(IdempotentRequest request) {
    return test::await(store().begin(std::move(request)));
  }
  core::Result<FinishState> finish(IdempotentRequest request, StoredAnswer answer) {
    auto shared = std::make_shared<const StoredAnswer>(std::move(answer));
    return test::await(store().finish(std::move(request), std::move(shared)));
  }
  void complete(const IdempotentRequest& request, const StoredAnswer& answer) {
    ASSERT_EQ(begin(request).value().state, BeginState::kBegun);
    ASSERT_EQ(finish(request, answer).value(), FinishState::kKept);
  }

 private:
  test::TemporaryFolder folder_;
  IdempotencyLimits limits_;
  std::shared_ptr<core::ManualClock> clock_ = std::make_shared<core::ManualClock>();
  std::shared_ptr<core::WorkPool> pool_;
  std::shared_ptr<IdempotencyStore> store_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, IdempotencyContract, SqliteFixture);
INSTANTIATE_TYPED_TEST_SUITE_P(Sqlite, BoundedIdempotencyContract, SqliteFixture);

std::string bytes_of(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

unsigned mode_of(const std::filesystem::path& file) {
  struct stat status{};
  return ::stat(file.c_str(), &status) == 0 ? status.st_mode & 0777U : 0U;
}

TEST(SqliteIdempotencyStore, KeepsItsAnswersOverARestart) {
  SqliteFixture fixture;
  fixture.complete(attempt("first"), answer_of("{}"));
  fixture.reopen();
  const auto outcome = fixture.begin(attempt("second"));
  ASSERT_TRUE(outcome.has_value());
  EXPECT_EQ(outcome->state, BeginState::kReplay);
  EXPECT_EQ(*outcome->answer, answer_of("{}"));
}

TEST(SqliteIdempotencyStore, FreesWhatADeadProcessLeftRunning) {
  SqliteFixture fixture;
  ASSERT_TRUE(fixture.begin(attempt("first")).has_value());
  fixture.reopen();
  EXPECT_EQ(fixture.rows(), 0);
  EXPECT_EQ(fixture.finish(attempt("first"), answer_of("{}")).value(), FinishState::kNotOwner);
  EXPECT_EQ(fixture.begin(attempt("second")).value().state, BeginState::kBegun);
}

TEST(SqliteIdempotencyStore, LeavesWhatRunsElsewhereWhenTold) {
  SqliteFixture fixture;
  ASSERT_TRUE(fixture.begin(attempt("first")).has_value());
  const auto twin = fixture.open(RunningAtOpen::kKeep);
  ASSERT_TRUE(twin.has_value());
  EXPECT_EQ(test::await((*twin)->begin(attempt("second"))).value().state, BeginState::kRunning);
  EXPECT_EQ(fixture.finish(attempt("first"), answer_of("{}")).value(), FinishState::kKept);
  EXPECT_EQ(test::await((*twin)->begin(attempt("second"))).value().state, BeginState::kReplay);
}

TEST(SqliteIdempotencyStore, BelongsToOneProcess) {
  SqliteFixture fixture;
  ASSERT_TRUE(fixture.begin(attempt("first")).has_value());
  const auto second = fixture.open();
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code(), store::StoreError::kInUse);
  EXPECT_EQ(fixture.begin(attempt("second")).value().state, BeginState::kRunning);
}

TEST(SqliteIdempotencyStore, RemovesABoundedPieceOfWhatExpiredWithEachCall) {
  SqliteFixture fixture;
  for (char key = 0; key < 40; ++key) fixture.complete(attempt("first", key), answer_of("{}"));
  fixture.clock().advance(std::chrono::hours(24));
  ASSERT_TRUE(fixture.begin(attempt("first", 'x')).has_value());
  EXPECT_EQ(fixture.rows(), 40 - 16 + 1);
  ASSERT_TRUE(fixture.finish(attempt("first", 'x'), answer_of("{}")).has_value());
  EXPECT_EQ(fixture.rows(), 40 - 32 + 1);
  fixture.complete(attempt("first", 'y'), answer_of("{}"));
  EXPECT_EQ(fixture.rows(), 2);
}

TEST(SqliteIdempotencyStore, RemovesAllThatExpiredWhenItOpens) {
  SqliteFixture fixture;
  for (char key = 0; key < 40; ++key) fixture.complete(attempt("first", key), answer_of("{}"));
  fixture.clock().advance(seconds(1));
  fixture.complete(attempt("first", 'x'), answer_of("{}"));
  fixture.close();
  fixture.clock().advance(std::chrono::hours(24) - seconds(1));
  fixture.reopen();
  EXPECT_EQ(fixture.rows(), 1);
}

TEST(SqliteIdempotencyStore, OverwritesWhatItRemoves) {
  SqliteFixture fixture;
  std::string words;
  for (int i = 0; i < 2'000; ++i) words += "what a user typed ";
  fixture.complete(attempt("first", 'a'), answer_of("short: what a user typed"));
  fixture.complete(attempt("first", 'b'), answer_of(words));
  fixture.close();
  EXPECT_TRUE(bytes_of(fixture.file()).contains("what a user typed"));
  fixture.reopen();
  fixture.clock().advance(std::chrono::hours(24));
  ASSERT_TRUE(fixture.begin(attempt("second", 'c')).has_value());
  fixture.close();
  EXPECT_FALSE(bytes_of(fixture.file()).contains("a user typed"));
}

TEST(SqliteIdempotencyStore, ItsLogDoesNotKeepWhatItRemoved) {
  SqliteFixture fixture;
  std::string words;
  for (int i = 0; i < 2'000; ++i) words += "what a user typed ";
  fixture.complete(attempt("first", 'a'), answer_of(words));
  fixture.clock().advance(std::chrono::hours(24));
  fixture.complete(attempt("first", 'b'), answer_of(std::string(5'000'000, 'x')));
  ASSERT_TRUE(fixture.begin(attempt("first", 'c')).has_value());
  const std::string log = fixture.file().string() + "-wal";
  EXPECT_GT(std::filesystem::file_size(log), 0U);
  EXPECT_LT(std::filesystem::file_size(log), 1'000'000U);
  EXPECT_FALSE(bytes_of(log).contains("a user typed"));
  EXPECT_FALSE(bytes_of(fixture.file()).contains("a user typed"));
}

TEST(SqliteIdempotencyStore, ItsFilesAreItsOwnersOnly) {
  SqliteFixture fixture;
  ASSERT_TRUE(fixture.begin(attempt("first")).has_value());
  EXPECT_EQ(mode_of(fixture.file().parent_path()), 0700U);
  for (const std::string suffix : {"", "-wal", "-shm", ".lock"}) {
    EXPECT_EQ(mode_of(fixture.file().string() + suffix), 0600U) << suffix;
  }
}

TEST(SqliteIdempotencyStore, ItsFileDoesNotGrowPastItsBounds) {
  IdempotencyLimits limits;
  limits.max_bytes = 200'000;
  SqliteFixture fixture(limits);
  for (int i = 0; i < 100; ++i) {
    const auto request = attempt(std::to_string(i), static_cast<char>(i));
    fixture.complete(request, answer_of(std::string(20'000, 'x')));
  }
  EXPECT_LE(fixture.other_connection().query_int64("SELECT sum(bytes) FROM requests").value_or(-1),
            200'000);
  fixture.close();
  EXPECT_LT(std::filesystem::file_size(fixture.file()), 400'000U);
}

TEST(SqliteIdempotencyStore, ItsTotalsAreThoseOfItsRows) {
  IdempotencyLimits limits;
  limits.max_bytes = 10'000;
  SqliteFixture fixture(limits);
  for (char key = 'a'; key < 'p'; ++key) {
    fixture.complete(attempt("first", key), answer_of(std::string(std::size_t(key), key)));
  }
  for (char key = 'A'; key < 'E'; ++key) ASSERT_TRUE(fixture.begin(attempt("first", key)));
  ASSERT_TRUE(test::await(fixture.store().release(attempt("first", 'B'))).has_value());
  EXPECT_EQ(fixture.other_connection()
                .query_int64("SELECT count(*) FROM totals WHERE running = 3 AND "
                             "bytes = (SELECT sum(bytes) FROM requests) AND running = "
                             "(SELECT count(*) FROM requests WHERE finished_at IS NULL)")
                .value_or(-1),
            1);
}

TEST(SqliteIdempotencyStore, SaysUnavailableWhileAnotherProcessHoldsTheDatabase) {
  SqliteFixture fixture;
  store::Database other = fixture.other_connection();
  auto held = store::Transaction::begin(other);
  ASSERT_TRUE(held.has_value());
  const auto outcome = fixture.begin(attempt("first"));
  ASSERT_FALSE(outcome.has_value());
  EXPECT_EQ(outcome.error().code(), HistoryError::kUnavailable);
  EXPECT_FALSE(outcome.error().private_cause().empty());
  ASSERT_TRUE(held->commit());
  EXPECT_EQ(fixture.begin(attempt("first")).value().state, BeginState::kBegun);
}

TEST(SqliteIdempotencyStore, SaysUnavailableWhenTheTableIsGone) {
  SqliteFixture fixture;
  ASSERT_TRUE(fixture.other_connection().execute("DROP TABLE requests"));
  EXPECT_EQ(fixture.begin(attempt("a")).error().code(), HistoryError::kUnavailable);
  EXPECT_EQ(fixture.finish(attempt("a"), {}).error().code(), HistoryError::kUnavailable);
  EXPECT_EQ(test::await(fixture.store().release(attempt("a"))).error().code(),
            HistoryError::kUnavailable);
}

TEST(SqliteIdempotencyStore, AFailedFinishKeepsNothingAndLeavesTheKeyToItsOwner) {
  SqliteFixture fixture;
  ASSERT_TRUE(fixture.begin(attempt("first")).has_value());
  ASSERT_TRUE(fixture.other_connection().execute(
      "CREATE TRIGGER t BEFORE UPDATE ON requests BEGIN SELECT RAISE(ABORT, 'no'); END"));
  EXPECT_EQ(fixture.finish(attempt("first"), answer_of("{}")).error().code(),
            HistoryError::kUnavailable);
  EXPECT_EQ(fixture.begin(attempt("second")).value().state, BeginState::kRunning);
  ASSERT_TRUE(fixture.other_connection().execute("DROP TRIGGER t"));
  EXPECT_EQ(fixture.finish(attempt("first"), answer_of("{}")).value(), FinishState::kKept);
}

TEST(SqliteIdempotencyStore, PassesOnThatThePoolIsFull) {
  SqliteFixture fixture({}, 0);
  EXPECT_EQ(fixture.begin(attempt("a")).error().code(), core::CoreError::kBusy);
  EXPECT_EQ(fixture.finish(attempt("a"), {}).error().code(), core::CoreError::kBusy);
  EXPECT_EQ(test::await(fixture.store().release(attempt("a"))).error().code(),
            core::CoreError::kBusy);
}

TEST(SqliteIdempotencyStore, AnswersACallThatOutlivesIt) {
  SqliteFixture fixture;
  auto beginning = fixture.store().begin(attempt("first"));
  boost::asio::io_context context;
  auto outcome = boost::asio::co_spawn(context, std::move(beginning), boost::asio::use_future);
  context.poll();
  fixture.close();
  context.run();
  EXPECT_EQ(outcome.get().value().state, BeginState::kBegun);
}

TEST(MakeSqliteIdempotencyStore, FailsOnADamagedFile) {
  SqliteFixture fixture;
  fixture.complete(attempt("first"), answer_of("{}"));
  fixture.close();
  const std::string sound = bytes_of(fixture.file());
  // All of it, and only what comes after the first page, which holds the schema.
  for (const std::size_t start : {std::size_t{0}, std::size_t{4'096}}) {
    std::string damaged = sound;
    for (std::size_t i = start; i < damaged.size(); ++i) damaged[i] = static_cast<char>(i * 7);
    std::ofstream(fixture.file(), std::ios::binary | std::ios::trunc) << damaged;
    const auto opened = fixture.open();
    ASSERT_FALSE(opened.has_value()) << start;
    EXPECT_EQ(opened.error().code(), store::StoreError::kCorrupt);
    EXPECT_TRUE(opened.error().private_cause().contains("idempotency.db"));
  }
}

TEST(MakeSqliteIdempotencyStore, FailsOnAFileOfANewerProgram) {
  SqliteFixture fixture;
  ASSERT_TRUE(fixture.other_connection().execute("PRAGMA user_version=99"));
  fixture.close();
  EXPECT_EQ(fixture.open().error().code(), store::StoreError::kNewerSchema);
}

TEST(MakeSqliteIdempotencyStore, FailsWhenTheFolderCannotBeUsed) {
  SqliteIdempotencyStoreOptions options;
  options.file = "/proc/graphrail/idempotency.db";
  for (const RunningAtOpen running : {RunningAtOpen::kFree, RunningAtOpen::kKeep}) {
    const auto store =
        make_sqlite_idempotency_store(options, std::make_shared<core::WorkPool>(1, 1),
                                      std::make_shared<core::ManualClock>(), running);
    ASSERT_FALSE(store.has_value());
    EXPECT_EQ(store.error().code(), store::StoreError::kCannotOpen);
  }
}

}  // namespace
}  // namespace graphrail::history
