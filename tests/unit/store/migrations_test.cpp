#include "store/migrations.h"

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <fstream>
#include <thread>
#include <vector>

#include "store/data_file.h"
#include "support/temporary_folder.h"

namespace graphrail::store {
namespace {

using std::chrono::milliseconds;

constexpr std::array kTwoSteps = {
    Migration{1, "first", "CREATE TABLE a (x INTEGER);"},
    Migration{2, "second", "ALTER TABLE a ADD COLUMN y INTEGER; INSERT INTO a VALUES (1, 2);"},
};

class MigrationsTest : public testing::Test {
 protected:
  Database open() {
    std::ofstream(file_, std::ios::app).flush();
    return Database::open(file_, Access::kReadWrite, milliseconds(5'000)).value();
  }
  std::int64_t version(Database& database) {
    return database.query_int64("PRAGMA user_version").value_or(-1);
  }

  test::TemporaryFolder folder_;
  std::filesystem::path file_ = folder_ / "test.db";
};

TEST_F(MigrationsTest, AppliesWhatIsMissingAndNothingTwice) {
  Database database = open();
  ASSERT_TRUE(migrate(database, std::span(kTwoSteps).first(1)));
  EXPECT_EQ(version(database), 1);
  ASSERT_TRUE(migrate(database, kTwoSteps));
  ASSERT_TRUE(migrate(database, kTwoSteps));
  EXPECT_EQ(version(database), 2);
  EXPECT_EQ(database.query_int64("SELECT sum(y) FROM a").value_or(-1), 2);
}

TEST_F(MigrationsTest, ABrokenStepLeavesTheVersionBeforeIt) {
  constexpr std::array kBroken = {
      kTwoSteps[0], Migration{2, "broken", "INSERT INTO a VALUES (7); SELECT nonsense;"}};
  Database database = open();
  const core::Result<void> migrated = migrate(database, kBroken);
  ASSERT_FALSE(migrated.has_value());
  EXPECT_NE(migrated.error().private_cause().find("migration 2 (broken)"), std::string::npos);
  EXPECT_EQ(version(database), 1);
  EXPECT_EQ(database.query_int64("SELECT count(*) FROM a").value_or(-1), 0);
}

TEST_F(MigrationsTest, RefusesADatabaseAheadOfTheList) {
  Database database = open();
  ASSERT_TRUE(migrate(database, kTwoSteps));
  const core::Result<void> migrated = migrate(database, std::span(kTwoSteps).first(1));
  ASSERT_FALSE(migrated.has_value());
  EXPECT_EQ(migrated.error().code(), StoreError::kNewerSchema);
}

TEST_F(MigrationsTest, SeveralProcessesMayStartOnANewFileAtOnce) {
  std::ofstream(file_).flush();
  std::vector<core::Result<void>> results(4);
  std::vector<std::thread> starters;
  for (core::Result<void>& result : results) {
    starters.emplace_back([this, &result] {
      Database database = Database::open(file_, Access::kReadWrite, milliseconds(10'000)).value();
      result = migrate(database, kTwoSteps);
    });
  }
  for (std::thread& starter : starters) starter.join();
  for (const core::Result<void>& result : results) {
    EXPECT_TRUE(result.has_value()) << result.error().private_cause();
  }
  Database database = open();
  EXPECT_EQ(database.query_int64("SELECT count(*) FROM a").value_or(-1), 1);
}

TEST(SqliteMigrations, AreNumberedWithoutGaps) {
  int expected = 1;
  for (const Migration& step : sqlite_migrations())
    EXPECT_EQ(step.version, expected++) << step.name;
}

TEST(SqliteMigrations, CreateTheTablesOfTheDesign) {
  const test::TemporaryFolder folder;
  core::Result<Database> database = open_data_file(folder / "g.db", milliseconds(0));
  ASSERT_TRUE(database.has_value());
  EXPECT_TRUE(database->prepare("SELECT id, email, plan, created_at FROM users").has_value());
  EXPECT_TRUE(database
                  ->prepare("SELECT id, user_id, title, source_url, node_count, edge_count, "
                            "session_id, created_at, expires_at, graph, meta, source_text "
                            "FROM graphs")
                  .has_value());
  EXPECT_TRUE(database
                  ->prepare("SELECT user_id, endpoint, source_url, ip, status_code, tokens_used, "
                            "processing_ms, created_at FROM request_log")
                  .has_value());
}

}  // namespace
}  // namespace graphrail::store
