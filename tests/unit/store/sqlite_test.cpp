#include "store/sqlite.h"

#include <gtest/gtest.h>

#include <string>

#include "store/data_file.h"
#include "support/temporary_folder.h"

namespace graphrail::store {
namespace {

using std::chrono::milliseconds;

class SqliteTest : public testing::Test {
 protected:
  Database open(Access access = Access::kReadWrite, milliseconds busy_timeout = milliseconds(0)) {
    core::Result<Database> database = Database::open(file_, access, busy_timeout);
    EXPECT_TRUE(database.has_value()) << database.error().private_cause();
    return std::move(*database);
  }

  void SetUp() override {
    ASSERT_TRUE(open_data_file(file_, milliseconds(0)).has_value());
    database_.emplace(open());
    ASSERT_TRUE(database_->execute("CREATE TABLE item (name TEXT NOT NULL UNIQUE, size INTEGER)"));
  }

  core::Result<void> insert(Database& database, std::string_view name, std::int64_t size) {
    core::Result<Statement> statement = database.prepare("INSERT INTO item VALUES (?1, ?2)");
    if (!statement) return core::fail(statement.error());
    statement->bind(1, name);
    statement->bind(2, size);
    return statement->run();
  }

  std::int64_t count(Database& database) {
    return database.query_int64("SELECT count(*) FROM item").value_or(-1);
  }

  test::TemporaryFolder folder_;
  std::filesystem::path file_ = folder_ / "test.db";
  std::optional<Database> database_;
};

TEST_F(SqliteTest, OpensInWalModeWithForeignKeys) {
  EXPECT_EQ(database_->query_int64("PRAGMA foreign_keys").value_or(-1), 1);
  EXPECT_EQ(database_->query_int64("PRAGMA synchronous").value_or(-1), 1);
  EXPECT_EQ(
      database_->query_int64("SELECT journal_mode = 'wal' FROM pragma_journal_mode").value_or(-1),
      1);
}

TEST_F(SqliteTest, GivesBackWhatWasBound) {
  const std::string name("a\0b \xF0\x9F\x98\x80", 8);
  ASSERT_TRUE(insert(*database_, name, -5'000'000'000));
  core::Result<Statement> select = database_->prepare("SELECT name, size, NULL FROM item");
  ASSERT_TRUE(select.has_value());
  ASSERT_TRUE(select->step().value_or(false));
  EXPECT_EQ(select->column_text(0), name);
  EXPECT_EQ(select->column_int64(1), -5'000'000'000);
  EXPECT_TRUE(select->column_is_null(2));
  EXPECT_EQ(select->column_text(2), "");
  EXPECT_FALSE(select->step().value_or(true));
}

TEST_F(SqliteTest, BindsAnEmptyViewAsTextNotNull) {
  EXPECT_TRUE(insert(*database_, std::string_view(), 1));
  EXPECT_EQ(count(*database_), 1);
}

TEST_F(SqliteTest, ForgetsBoundValuesOnReset) {
  core::Result<Statement> statement = database_->prepare("INSERT INTO item VALUES (?1, 1)");
  ASSERT_TRUE(statement.has_value());
  statement->bind(1, "once");
  ASSERT_TRUE(statement->run());
  const core::Result<void> again = statement->run();
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().code(), StoreError::kConstraint);
}

TEST_F(SqliteTest, ReportsABindingThatDoesNotExist) {
  core::Result<Statement> statement = database_->prepare("SELECT ?1");
  ASSERT_TRUE(statement.has_value());
  statement->bind(2, std::int64_t{1});
  EXPECT_EQ(statement->step().error().code(), StoreError::kFailed);
  statement->reset();
  EXPECT_TRUE(statement->step().value_or(false));
}

TEST_F(SqliteTest, TellsAConstraintFromABadStatement) {
  ASSERT_TRUE(insert(*database_, "a", 1));
  EXPECT_EQ(insert(*database_, "a", 2).error().code(), StoreError::kConstraint);
  EXPECT_EQ(database_->prepare("SELEKT 1").error().code(), StoreError::kFailed);
  EXPECT_EQ(database_->query_int64("SELECT size FROM item WHERE name = 'b'").error().code(),
            StoreError::kFailed);
}

TEST_F(SqliteTest, RollsBackATransactionThatIsNotCommitted) {
  {
    core::Result<Transaction> transaction = Transaction::begin(*database_);
    ASSERT_TRUE(transaction.has_value());
    ASSERT_TRUE(insert(*database_, "lost", 1));
  }
  EXPECT_EQ(count(*database_), 0);
  core::Result<Transaction> transaction = Transaction::begin(*database_);
  ASSERT_TRUE(transaction.has_value());
  ASSERT_TRUE(insert(*database_, "kept", 1));
  ASSERT_TRUE(transaction->commit());
  EXPECT_EQ(count(*database_), 1);
}

TEST_F(SqliteTest, SaysBusyWhenAnotherConnectionWrites) {
  Database other = open();
  core::Result<Transaction> held = Transaction::begin(*database_);
  ASSERT_TRUE(held.has_value());
  EXPECT_EQ(Transaction::begin(other).error().code(), StoreError::kBusy);
  EXPECT_EQ(count(other), 0);
}

TEST_F(SqliteTest, AReaderCannotWrite) {
  Database reader = open(Access::kReadOnly);
  ASSERT_TRUE(insert(*database_, "a", 1));
  EXPECT_EQ(count(reader), 1);
  EXPECT_FALSE(insert(reader, "b", 1).has_value());
}

TEST_F(SqliteTest, NamesTheFileInTheCauseAndNotInThePublicText) {
  const core::Result<Statement> statement = database_->prepare("SELECT nothing");
  ASSERT_FALSE(statement.has_value());
  EXPECT_NE(statement.error().private_cause().find("test.db"), std::string::npos);
  EXPECT_EQ(statement.error().public_text().find("test.db"), std::string::npos);
}

TEST_F(SqliteTest, CountsChangedRows) {
  ASSERT_TRUE(insert(*database_, "a", 1));
  ASSERT_TRUE(insert(*database_, "b", 1));
  ASSERT_TRUE(database_->execute("UPDATE item SET size = 2"));
  EXPECT_EQ(database_->changes(), 2);
}

}  // namespace
}  // namespace graphrail::store
