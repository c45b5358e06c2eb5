// What every Ledger must do, whichever store is behind it. An implementation joins by instantiating
// the suites with a fixture type that has `static std::unique_ptr<Fixture> make()`,
// `Ledger& ledger()`, `core::ManualClock& clock()`, `void restart()` (this process dies, another
// takes over) and `static constexpr std::int64_t kLeaseSeconds`; no counter exists at the start.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "quota/ledger.h"
#include "support/await.h"

namespace graphrail::quota {

template <class Fixture>
class LedgerContract : public testing::Test {
 protected:
  core::Result<Charge> charge(const std::string& request_id, std::vector<Claim> claims) {
    return test::await(ledger().charge(request_id, std::move(claims)));
  }
  core::Result<Charge> charge(const std::string& request_id, std::uint64_t limit,
                              const std::string& who = "203.0.113.7") {
    return charge(request_id, {{make_subject("anon", who), limit}});
  }
  bool admits(const std::string& request_id, std::uint64_t limit,
              const std::string& who = "203.0.113.7") {
    return charge(request_id, limit, who).value().admitted;
  }
  core::Result<void> settle(const std::string& request_id,
                            std::optional<std::uint64_t> spent = std::nullopt) {
    return test::await(ledger().settle(request_id, spent));
  }
  bool refund(const std::string& request_id) {
    return test::await(ledger().refund(request_id)).value();
  }
  Standing peek(const Subject& subject, std::uint64_t limit) {
    return test::await(ledger().peek(subject, limit)).value();
  }
  std::uint64_t used(const std::string& who = "203.0.113.7") {
    return peek(make_subject("anon", who), kPlenty).used;
  }
  std::size_t reconcile() { return test::await(ledger().reconcile()).value(); }
  void pass(std::int64_t seconds) { clock().advance(std::chrono::seconds(seconds)); }
  std::int64_t reset() { return window_at(clock().unix_seconds()).reset(); }
  /// To `seconds` before the next midnight.
  void go_before_midnight(std::int64_t seconds) {
    pass(reset() - clock().unix_seconds() - seconds);
  }

  Ledger& ledger() { return fixture_->ledger(); }
  core::ManualClock& clock() { return fixture_->clock(); }
  Fixture& fixture() { return *fixture_; }

  static constexpr std::uint64_t kPlenty = 1'000'000;
  const Subject caller_ = make_subject("anon", "203.0.113.7");

 private:
  std::unique_ptr<Fixture> fixture_ = Fixture::make();
};

TYPED_TEST_SUITE_P(LedgerContract);

TYPED_TEST_P(LedgerContract, AdmitsUpToTheLimitAndCountsNoDeniedTry) {
  for (std::uint64_t i = 1; i <= 3; ++i) {
    const Charge charge = this->charge("r" + std::to_string(i), 3).value();
    EXPECT_EQ(charge, (Charge{true, false, {{i, 3, this->reset()}}, 0}));
  }
  for (int i = 0; i < 10; ++i) {
    const Charge charge = this->charge("denied" + std::to_string(i), 3).value();
    EXPECT_EQ(charge, (Charge{false, false, {{3, 3, this->reset()}}, 0}));
  }
  EXPECT_EQ(this->used(), 3U);
  EXPECT_TRUE(this->refund("r2"));
  EXPECT_TRUE(this->admits("again", 3));
  EXPECT_FALSE(this->admits("too many", 3));
}

TYPED_TEST_P(LedgerContract, ALimitOfZeroAdmitsNobody) {
  EXPECT_FALSE(this->admits("r", 0));
  EXPECT_EQ(this->used(), 0U);
}

TYPED_TEST_P(LedgerContract, AChangedLimitCountsAtOnce) {
  EXPECT_TRUE(this->admits("r1", 1));
  EXPECT_FALSE(this->admits("r2", 1));
  EXPECT_TRUE(this->admits("r3", 2));
  EXPECT_EQ(this->peek(this->caller_, 1), (Standing{1, 1, this->reset()}));
  EXPECT_FALSE(this->admits("r4", 1));
}

TYPED_TEST_P(LedgerContract, KeepsSubjectsApart) {
  EXPECT_TRUE(this->admits("r1", 1, "203.0.113.7"));
  EXPECT_TRUE(this->admits("r2", 1, "203.0.113.8"));
  EXPECT_TRUE(this->admits("r3", 1, "2001:db8::1"));
  EXPECT_TRUE(this->admits("r4", 1, "a' OR 1=1 --"));
  EXPECT_TRUE(this->charge("r5", {{make_subject("auth", "203.0.113.7"), 1}})->admitted);
  EXPECT_FALSE(this->admits("r6", 1, "2001:db8::1"));
  EXPECT_EQ(this->used("203.0.113.9"), 0U);
}

TYPED_TEST_P(LedgerContract, ARepeatedChargeGetsTheFirstOutcome) {
  const Charge first = this->charge("r1", 5).value();
  EXPECT_TRUE(this->admits("r2", 5));
  Charge expected = first;
  expected.repeated = true;
  EXPECT_EQ(this->charge("r1", 5).value(), expected);
  EXPECT_TRUE(this->settle("r1").has_value());
  EXPECT_EQ(this->charge("r1", 5).value(), expected);
  EXPECT_EQ(this->used(), 2U);
  // Also when the counter is full, and by another claim.
  EXPECT_EQ(this->charge("r1", 1).value(), expected);
}

TYPED_TEST_P(LedgerContract, ADeniedRequestIdMayTryAgain) {
  EXPECT_TRUE(this->admits("r1", 1));
  EXPECT_FALSE(this->admits("r2", 1));
  EXPECT_TRUE(this->refund("r1"));
  EXPECT_EQ(this->charge("r2", 1).value(), (Charge{true, false, {{1, 1, this->reset()}}, 0}));
}

TYPED_TEST_P(LedgerContract, RefundsOnceAndNeverBelowZero) {
  EXPECT_FALSE(this->refund("unknown"));
  EXPECT_EQ(this->used(), 0U);
  EXPECT_TRUE(this->admits("r1", 3));
  EXPECT_TRUE(this->admits("r2", 3));
  EXPECT_TRUE(this->refund("r1"));
  EXPECT_EQ(this->used(), 1U);
  for (int i = 0; i < 5; ++i) EXPECT_FALSE(this->refund("r1"));
  EXPECT_EQ(this->used(), 1U);
}

TYPED_TEST_P(LedgerContract, ARefundAfterSettleDoesNothing) {
  EXPECT_TRUE(this->admits("r1", 3));
  EXPECT_TRUE(this->settle("r1").has_value());
  EXPECT_FALSE(this->refund("r1"));
  EXPECT_TRUE(this->settle("r1").has_value());
  EXPECT_EQ(this->used(), 1U);
}

TYPED_TEST_P(LedgerContract, AGivenBackChargeIsClosed) {
  EXPECT_TRUE(this->admits("r1", 3));
  EXPECT_TRUE(this->refund("r1"));
  const core::Result<Charge> late = this->charge("r1", 3);
  ASSERT_FALSE(late.has_value());
  EXPECT_EQ(late.error().code(), LedgerError::kAlreadyRefunded);
  const core::Result<void> settled = this->settle("r1");
  ASSERT_FALSE(settled.has_value());
  EXPECT_EQ(settled.error().code(), LedgerError::kAlreadyRefunded);
  EXPECT_EQ(this->used(), 0U);
}

TYPED_TEST_P(LedgerContract, AnUnknownChargeCannotBeSettled) {
  EXPECT_FALSE(this->admits("denied", 0));
  for (const char* id : {"unknown", "denied"}) {
    const core::Result<void> settled = this->settle(id);
    ASSERT_FALSE(settled.has_value());
    EXPECT_EQ(settled.error().code(), LedgerError::kUnknownRequest);
  }
}

TYPED_TEST_P(LedgerContract, ANewDayBeginsAtZero) {
  this->go_before_midnight(1);
  EXPECT_TRUE(this->admits("r1", 1));
  EXPECT_FALSE(this->admits("r2", 1));
  const std::int64_t midnight = this->reset();
  this->pass(1);
  EXPECT_EQ(this->clock().unix_seconds(), midnight);
  EXPECT_EQ(this->used(), 0U);
  EXPECT_EQ(this->charge("r3", 1).value(), (Charge{true, false, {{1, 1, midnight + 86'400}}, 0}));
  EXPECT_FALSE(this->admits("r4", 1));
}

TYPED_TEST_P(LedgerContract, ARefundGoesToTheDayThatWasCharged) {
  this->go_before_midnight(10);
  EXPECT_TRUE(this->admits("yesterday 1", 3));
  EXPECT_TRUE(this->admits("yesterday 2", 3));
  this->pass(20);
  EXPECT_TRUE(this->admits("today", 3));
  EXPECT_TRUE(this->refund("yesterday 1"));
  EXPECT_EQ(this->used(), 1U);
  this->pass(-20);
  EXPECT_EQ(this->used(), 1U);
}

TYPED_TEST_P(LedgerContract, PeekingChangesNothing) {
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(this->peek(this->caller_, 2), (Standing{0, 2, this->reset()}));
  }
  EXPECT_TRUE(this->admits("r1", 2));
  for (int i = 0; i < 3; ++i) EXPECT_EQ(this->peek(this->caller_, 2).remaining(), 1U);
  EXPECT_TRUE(this->admits("r2", 2));
  EXPECT_EQ(this->peek(this->caller_, 2).remaining(), 0U);
}

TYPED_TEST_P(LedgerContract, AnOpenChargeIsGivenBackWhenItsLeaseEnds) {
  EXPECT_TRUE(this->admits("left", 2));
  EXPECT_TRUE(this->admits("settled", 2));
  EXPECT_TRUE(this->settle("settled").has_value());
  this->pass(TypeParam::kLeaseSeconds - 1);
  EXPECT_EQ(this->reconcile(), 0U);
  EXPECT_FALSE(this->admits("early", 2));
  this->pass(1);
  EXPECT_EQ(this->reconcile(), 1U);
  EXPECT_EQ(this->used(), 1U);
  EXPECT_EQ(this->reconcile(), 0U);
  EXPECT_FALSE(this->refund("left"));
  EXPECT_EQ(this->used(), 1U);
  const core::Result<Charge> again = this->charge("left", 2);
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().code(), LedgerError::kAlreadyRefunded);
}

TYPED_TEST_P(LedgerContract, AChargeNeedsNoReconcilingBeforeIt) {
  EXPECT_TRUE(this->admits("left", 1));
  this->pass(TypeParam::kLeaseSeconds);
  EXPECT_TRUE(this->admits("next", 1));
}

TYPED_TEST_P(LedgerContract, ALateSettleCountsAgain) {
  EXPECT_TRUE(this->admits("slow", 1));
  this->pass(TypeParam::kLeaseSeconds);
  EXPECT_EQ(this->reconcile(), 1U);
  EXPECT_TRUE(this->admits("next", 1));
  EXPECT_TRUE(this->settle("slow").has_value());
  EXPECT_EQ(this->used(), 2U);
  EXPECT_TRUE(this->settle("slow").has_value());
  EXPECT_FALSE(this->refund("slow"));
  EXPECT_EQ(this->used(), 2U);
}

TYPED_TEST_P(LedgerContract, ChargesSeveralSubjectsOrNone) {
  const auto both = [&](std::uint64_t limit, std::uint64_t budget) {
    return std::vector<Claim>{{this->caller_, limit}, {budget_subject(), budget}};
  };
  const std::int64_t reset = this->reset();
  EXPECT_EQ(this->charge("r1", both(3, 2)).value(),
            (Charge{true, false, {{1, 3, reset}, {1, 2, reset}}, 0}));
  EXPECT_TRUE(this->charge("r2", both(3, 2))->admitted);
  EXPECT_EQ(this->charge("r3", both(3, 2)).value(),
            (Charge{false, false, {{2, 3, reset}, {2, 2, reset}}, 1}));
  EXPECT_EQ(this->charge("r4", both(2, 9)).value(),
            (Charge{false, false, {{2, 2, reset}, {2, 9, reset}}, 0}));
  EXPECT_EQ(this->used(), 2U);
  EXPECT_EQ(this->peek(budget_subject(), 9).used, 2U);
  EXPECT_TRUE(this->refund("r1"));
  EXPECT_EQ(this->used(), 1U);
  EXPECT_EQ(this->peek(budget_subject(), 9).used, 1U);
}

TYPED_TEST_P(LedgerContract, SettlesAReservationWithWhatWasSpent) {
  const auto tokens = [&](std::uint64_t estimate) {
    return std::vector<Claim>{{this->caller_, 9}, {budget_subject(), 1'000, estimate, true}};
  };
  const auto budget_used = [&] { return this->peek(budget_subject(), 100'000).used; };
  EXPECT_TRUE(this->charge("r1", tokens(600))->admitted);
  EXPECT_FALSE(this->charge("r2", tokens(600))->admitted);
  EXPECT_TRUE(this->settle("r1", 350).has_value());
  EXPECT_EQ(budget_used(), 350U);
  EXPECT_TRUE(this->charge("r2", tokens(600))->admitted);
  EXPECT_TRUE(this->settle("r2", 700).has_value());
  EXPECT_EQ(budget_used(), 1'050U);
  EXPECT_EQ(this->peek(budget_subject(), 1'000), (Standing{1'000, 1'000, this->reset()}));
  EXPECT_EQ(this->charge("r3", tokens(1)).value().violated, 1U);
  EXPECT_EQ(this->used(), 2U);
  EXPECT_TRUE(this->charge("r4", {{budget_subject(), 9'000, 500, true}})->admitted);
  EXPECT_TRUE(this->settle("r4").has_value());
  EXPECT_EQ(budget_used(), 1'550U);
  EXPECT_TRUE(this->charge("r5", {{budget_subject(), 9'000, 500, true}})->admitted);
  EXPECT_TRUE(this->settle("r5", 0).has_value());
  EXPECT_EQ(budget_used(), 1'550U);
}

TYPED_TEST_P(LedgerContract, RefusesChargesThatMakeNoSense) {
  const Subject caller = this->caller_;
  const std::vector<std::pair<std::string, std::vector<Claim>>> cases{
      {"", {{caller, 1}}},
      {std::string(129, 'x'), {{caller, 1}}},
      {"r", {}},
      {"r", {{caller, 1}, {caller, 1}}},
      {"r", {{Subject(), 1}}},
      {"r", {{caller, 1, 0}}},
      {"r", {{caller, ~std::uint64_t{0}}}},
      {"r", {{caller, 1, ~std::uint64_t{0}}}},
      {"r", {{caller, 1, 1, true}, {budget_subject(), 1, 1, true}}},
  };
  for (const auto& [request_id, claims] : cases) {
    const core::Result<Charge> charge = this->charge(request_id, claims);
    ASSERT_FALSE(charge.has_value());
    EXPECT_EQ(charge.error().code(), LedgerError::kInvalidCharge);
  }
  EXPECT_EQ(this->used(), 0U);
}

TYPED_TEST_P(LedgerContract, ARestartLosesNothing) {
  EXPECT_TRUE(this->charge("open", {{this->caller_, 9}, {budget_subject(), 99}})->admitted);
  EXPECT_TRUE(this->admits("settled", 9));
  EXPECT_TRUE(this->settle("settled").has_value());
  EXPECT_TRUE(this->admits("refunded", 9));
  EXPECT_TRUE(this->refund("refunded"));
  this->fixture().restart();
  EXPECT_EQ(this->used(), 2U);
  EXPECT_EQ(this->peek(budget_subject(), 99).used, 1U);
  EXPECT_EQ(this->charge("open", 9).value(),
            (Charge{true, true, {{1, 9, this->reset()}, {1, 99, this->reset()}}, 0}));
  EXPECT_FALSE(this->refund("refunded"));
  EXPECT_FALSE(this->charge("refunded", 9).has_value());
  this->pass(TypeParam::kLeaseSeconds);
  this->fixture().restart();
  (void)this->reconcile();
  EXPECT_EQ(this->used(), 1U);
  EXPECT_EQ(this->peek(budget_subject(), 99).used, 0U);
}

TYPED_TEST_P(LedgerContract, AnotherProcessMaySettleOrRefund) {
  EXPECT_TRUE(this->admits("a", 9));
  EXPECT_TRUE(this->admits("b", 9));
  this->fixture().restart();
  EXPECT_TRUE(this->settle("a").has_value());
  EXPECT_TRUE(this->refund("b"));
  this->fixture().restart();
  EXPECT_EQ(this->used(), 1U);
  EXPECT_FALSE(this->refund("a"));
}

TYPED_TEST_P(LedgerContract, IsReady) { EXPECT_TRUE(test::await(this->ledger().is_ready())); }

REGISTER_TYPED_TEST_SUITE_P(LedgerContract, AdmitsUpToTheLimitAndCountsNoDeniedTry,
                            ALimitOfZeroAdmitsNobody, AChangedLimitCountsAtOnce, KeepsSubjectsApart,
                            ARepeatedChargeGetsTheFirstOutcome, ADeniedRequestIdMayTryAgain,
                            RefundsOnceAndNeverBelowZero, ARefundAfterSettleDoesNothing,
                            AGivenBackChargeIsClosed, AnUnknownChargeCannotBeSettled,
                            ANewDayBeginsAtZero, ARefundGoesToTheDayThatWasCharged,
                            PeekingChangesNothing, AnOpenChargeIsGivenBackWhenItsLeaseEnds,
                            AChargeNeedsNoReconcilingBeforeIt, ALateSettleCountsAgain,
                            ChargesSeveralSubjectsOrNone, SettlesAReservationWithWhatWasSpent,
                            RefusesChargesThatMakeNoSense, ARestartLosesNothing,
                            AnotherProcessMaySettleOrRefund, IsReady);

}  // namespace graphrail::quota
