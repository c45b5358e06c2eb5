#include "quota/embedded_ledger.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "core/core_error.h"
#include "store/data_file.h"
#include "unit/quota/ledger_contract.h"
#include "unit/quota/ledger_fixture.h"

namespace graphrail::quota {
namespace {

INSTANTIATE_TYPED_TEST_SUITE_P(Embedded, LedgerContract, EmbeddedFixture);

core::Result<Charge> charge(Ledger& ledger, const std::string& request_id,
                            const std::string& who = "203.0.113.7", std::uint64_t limit = 100) {
  std::vector<Claim> claims{{make_subject("anon", who), limit}};
  return test::await(ledger.charge(request_id, std::move(claims)));
}

store::Database open_beside(const EmbeddedFixture& fixture) {
  return store::Database::open(fixture.file(), store::Access::kReadWrite,
                               std::chrono::milliseconds(0))
      .value();
}

TEST(EmbeddedLedger, ASecondProcessIsRefused) {
  EmbeddedFixture fixture;
  const auto second =
      EmbeddedLedger::open(fixture.options(), std::make_shared<core::SystemClock>());
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code(), store::StoreError::kInUse);
  EXPECT_NE(second.error().private_cause().find(".lock"), std::string::npos);
  fixture.restart();
  EXPECT_TRUE(charge(fixture.ledger(), "r").has_value());
}

TEST(EmbeddedLedger, AnOperatorCanReadWhatWasAnswered) {
  EmbeddedFixture fixture;
  ASSERT_TRUE(charge(fixture.ledger(), "r").has_value());
  store::Database database = open_beside(fixture);
  EXPECT_EQ(database.query_int64("SELECT count(*) FROM claims WHERE request_id = 'r'"), 1);
  EXPECT_EQ(database.query_int64("SELECT sum(cost) FROM claims WHERE state IN (0, 1)"), 1);
}

TEST(EmbeddedLedger, WhatCannotBeWrittenIsNotAnswered) {
  EmbeddedFixture fixture;
  ASSERT_TRUE(charge(fixture.ledger(), "before").has_value());
  store::Database other = open_beside(fixture);
  ASSERT_TRUE(other.execute("BEGIN IMMEDIATE").has_value());
  const core::Result<Charge> failed = charge(fixture.ledger(), "during");
  ASSERT_FALSE(failed.has_value());
  EXPECT_EQ(failed.error().code(), LedgerError::kUnavailable);
  const core::Result<void> settled = test::await(fixture.ledger().settle("before", std::nullopt));
  ASSERT_FALSE(settled.has_value());
  EXPECT_EQ(settled.error().code(), LedgerError::kUnavailable);
  EXPECT_FALSE(test::await(fixture.ledger().is_ready()));
  EXPECT_EQ(fixture.ledger().peek_now(make_subject("anon", "203.0.113.7"), 100).used, 1U);

  ASSERT_TRUE(other.execute("ROLLBACK").has_value());
  EXPECT_TRUE(test::await(fixture.ledger().is_ready()));
  EXPECT_EQ(charge(fixture.ledger(), "during")->standings.front().used, 2U);
  // The settle that failed left the charge open.
  EXPECT_TRUE(test::await(fixture.ledger().refund("before")).value());
}

TEST(EmbeddedLedger, AFullQueueIsBusy) {
  EmbeddedFixture fixture;
  fixture.stop();
  fixture.options().max_queued = 0;
  fixture.start();
  const core::Result<Charge> refused = charge(fixture.ledger(), "r");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code(), core::CoreError::kBusy);
}

TEST(EmbeddedLedger, TooManyOpenChargesAreBusy) {
  EmbeddedFixture fixture;
  fixture.stop();
  fixture.options().book.max_open = 2;
  fixture.start();
  EXPECT_TRUE(charge(fixture.ledger(), "r1").has_value());
  EXPECT_TRUE(charge(fixture.ledger(), "r2").has_value());
  const core::Result<Charge> refused = charge(fixture.ledger(), "r3");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code(), core::CoreError::kBusy);
  EXPECT_TRUE(test::await(fixture.ledger().settle("r1", std::nullopt)).has_value());
  EXPECT_TRUE(charge(fixture.ledger(), "r3").has_value());
}

TEST(EmbeddedLedger, AStoppedLedgerTakesNoMoreCalls) {
  EmbeddedFixture fixture;
  fixture.ledger().stop();
  const core::Result<Charge> refused = charge(fixture.ledger(), "r");
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().code(), core::CoreError::kStopping);
}

TEST(EmbeddedLedger, PastWindowsGoFromMemoryAndDisk) {
  EmbeddedFixture fixture;
  constexpr int kCallers = 300;
  for (int i = 0; i < kCallers; ++i) {
    const std::string name = std::to_string(i);
    ASSERT_TRUE(charge(fixture.ledger(), "r" + name, "caller" + name).has_value());
    ASSERT_TRUE(test::await(fixture.ledger().settle("r" + name, std::nullopt)).has_value());
  }
  EXPECT_EQ(fixture.ledger().writer().book().counters().size(), kCallers);
  fixture.clock().advance(std::chrono::hours(48));
  // Each call frees one of the 64 shards of the past.
  for (int i = 0; i < 70; ++i) ASSERT_TRUE(test::await(fixture.ledger().reconcile()).has_value());
  // The table of charges may be read once its writer is gone.
  fixture.ledger().stop();
  EXPECT_EQ(fixture.ledger().writer().book().counters().size(), 0U);
  EXPECT_EQ(fixture.ledger().writer().book().charges().ended_count(), 0U);
  EXPECT_EQ(open_beside(fixture).query_int64("SELECT count(*) FROM claims"), 0);
}

TEST(EmbeddedLedger, RemembersABoundedNumberOfEndedCharges) {
  EmbeddedFixture fixture;
  fixture.stop();
  fixture.options().book.max_remembered = 10;
  fixture.start();
  for (int i = 0; i < 30; ++i) {
    const std::string id = "r" + std::to_string(i);
    ASSERT_TRUE(charge(fixture.ledger(), id).has_value());
    ASSERT_TRUE(test::await(fixture.ledger().settle(id, std::nullopt)).has_value());
  }
  EXPECT_TRUE(charge(fixture.ledger(), "r29")->repeated);
  fixture.ledger().stop();
  EXPECT_EQ(fixture.ledger().writer().book().charges().ended_count(), 10U);
  fixture.restart();
  fixture.ledger().stop();
  EXPECT_EQ(fixture.ledger().writer().book().charges().ended_count(), 10U);
  EXPECT_EQ(fixture.ledger().peek_now(make_subject("anon", "203.0.113.7"), 100).used, 30U);
}

TEST(EmbeddedLedger, DamagedRowsAreRefusedAtTheStart) {
  EmbeddedFixture fixture;
  ASSERT_TRUE(charge(fixture.ledger(), "r").has_value());
  fixture.stop();
  {
    store::Database database = open_beside(fixture);
    ASSERT_TRUE(database.execute("UPDATE claims SET state = 7").has_value());
  }
  const auto opened =
      EmbeddedLedger::open(fixture.options(), std::make_shared<core::SystemClock>());
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().code(), store::StoreError::kCorrupt);
  store::Database database = open_beside(fixture);
  ASSERT_TRUE(database.execute("UPDATE claims SET state = 0").has_value());
  fixture.start();
}

}  // namespace
}  // namespace graphrail::quota
