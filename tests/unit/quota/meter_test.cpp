// Tickets: how they are had, and the three ways they end.
#include "quota/meter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger_fixture.h"
#include "support/await.h"
#include "support/quota/recording_ledger.h"

namespace graphrail::quota {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const Caller kCaller{.address = "203.0.113.7", .user = "", .plan = ""};

class MeterTest : public testing::Test {
 protected:
  Meter make(AllowanceOptions options = {}) {
    return {Allowances(std::move(options)),
            {.ledger = ledger_,
             .clock = std::shared_ptr<core::Clock>(std::shared_ptr<void>(), &embedded_->clock()),
             .random = core::make_seeded_random(5),
             .metrics = metrics_}};
  }
  core::Result<Ticket> charge(Meter& meter, std::uint64_t reserved_tokens = 4'000) {
    return test::await(meter.charge(kCaller, reserved_tokens));
  }
  std::uint64_t used(const Subject& subject = make_subject("anon", "203.0.113.7")) {
    return embedded_->ledger().peek_now(subject, kLargestQuota).used;
  }

  std::unique_ptr<EmbeddedFixture> embedded_ = QuickEmbeddedFixture::make();
  std::shared_ptr<test::RecordingLedger> ledger_ =
      std::make_shared<test::RecordingLedger>(embedded_->ledger());
  std::shared_ptr<observe::Metrics> metrics_ = std::make_shared<observe::Metrics>();
};

TEST_F(MeterTest, ATicketNamesItsChargeAndTheCounter) {
  Meter meter = make();
  const core::Result<Ticket> ticket = charge(meter);
  ASSERT_TRUE(ticket.has_value());
  EXPECT_TRUE(ticket->is_charged());
  EXPECT_THAT(ticket->charge_id, testing::MatchesRegex("[0-9a-f]{32}"));
  EXPECT_EQ(ticket->subject, "anon:203.0.113.7");
  ASSERT_TRUE(ticket->daily.has_value());
  EXPECT_EQ(ticket->daily->used, 1U);
  EXPECT_EQ(ticket->daily->limit, 1U);
  EXPECT_EQ(ticket->daily->reset % 86'400, 0);
}

TEST_F(MeterTest, EveryChargeHasANameOfItsOwn) {
  Meter meter = make({.anonymous = {2}});
  const auto first = charge(meter);
  const auto second = charge(meter);
  ASSERT_TRUE(first && second);
  EXPECT_NE(first->charge_id, second->charge_id);
  EXPECT_EQ(used(), 2U);
}

TEST_F(MeterTest, ADenialSaysWhenToComeBack) {
  Meter meter = make();
  ASSERT_TRUE(charge(meter).has_value());
  const core::Result<Ticket> denied = charge(meter);
  ASSERT_FALSE(denied.has_value());
  EXPECT_TRUE(denied.error().is(QuotaError::kDailyUsedUp));
  EXPECT_EQ(denied.error().retry_after_seconds(),
            seconds_to_reset(embedded_->clock().unix_seconds()));
  EXPECT_THAT(denied.error().public_text(), HasSubstr("1 generation is used up"));
  EXPECT_EQ(used(), 1U);
}

TEST_F(MeterTest, ADenialOnlyPromisesWhatIsTrue) {
  const std::string hint = "X-OpenAI-Key";
  Meter free = make({.anonymous = {0}});
  EXPECT_THAT(charge(free).error().public_text(), HasSubstr(hint));
  Meter charged = make({.anonymous = {0}, .own_keys_are_free = false});
  const std::string text = charge(charged).error().public_text();
  EXPECT_THAT(text, testing::Not(HasSubstr(hint)));
  EXPECT_THAT(text, testing::Not(HasSubstr("starts anew"))) << "nothing comes tomorrow either";
}

TEST_F(MeterTest, ABudgetAloneIsMeteredToo) {
  Meter meter = make({.anonymous = {}, .budget = {.limit = 1}});
  EXPECT_TRUE(test::await(meter.usage(kCaller, true))->metered);
  EXPECT_FALSE(test::await(meter.usage(kCaller, false))->metered);
  EXPECT_EQ(test::await(meter.usage(kCaller, true))->limit, 0U);
}

TEST_F(MeterTest, TheBudgetHasItsOwnDenial) {
  Meter meter = make({.anonymous = {5}, .budget = {.limit = 1}});
  ASSERT_TRUE(charge(meter).has_value());
  const core::Result<Ticket> denied = charge(meter);
  ASSERT_FALSE(denied.has_value());
  EXPECT_TRUE(denied.error().is(QuotaError::kBudgetUsedUp));
  EXPECT_GT(denied.error().retry_after_seconds(), 0);
  EXPECT_EQ(used(), 1U);
}

TEST_F(MeterTest, WhatIsOffNeverReachesTheLedger) {
  Meter meter = make({.anonymous = {}});
  const core::Result<Ticket> ticket = charge(meter);
  ASSERT_TRUE(ticket.has_value());
  EXPECT_FALSE(ticket->is_charged());
  test::await(meter.settle(*ticket, 100));
  test::await(meter.refund(*ticket));
  EXPECT_TRUE(test::await(meter.forgive(*ticket)));
  const core::Result<Usage> usage = test::await(meter.usage(kCaller, true));
  ASSERT_TRUE(usage.has_value());
  EXPECT_EQ(usage->limit, 0U);
  EXPECT_EQ(usage->reset, 0);
  EXPECT_FALSE(usage->metered);
  EXPECT_THAT(ledger_->calls, IsEmpty());
}

TEST_F(MeterTest, SettledStandsAndRefundedIsGivenBack) {
  Meter meter = make({.anonymous = {2}});
  const auto kept = charge(meter);
  const auto returned = charge(meter);
  test::await(meter.settle(*kept, 100));
  test::await(meter.refund(*returned));
  EXPECT_EQ(used(), 1U);
  EXPECT_THAT(ledger_->calls, ElementsAre("charge anon:203.0.113.7 1/2",
                                          "charge anon:203.0.113.7 1/2", "settle", "refund"))
      << "tokens mean nothing to counters of generations";
  EXPECT_THAT(ledger_->ids, ElementsAre(kept->charge_id, returned->charge_id, kept->charge_id,
                                        returned->charge_id));
}

TEST_F(MeterTest, TokensThatWereSpentTakeThePlaceOfTheReservation) {
  Meter meter = make({.anonymous = {9}, .budget = {10'000, BudgetUnit::kTokens}});
  const auto first = charge(meter, 4'000);
  EXPECT_EQ(used(budget_subject()), 4'000U);
  test::await(meter.settle(*first, 123));
  EXPECT_EQ(used(budget_subject()), 123U);
  const auto second = charge(meter, 4'000);
  test::await(meter.settle(*second, std::nullopt));
  EXPECT_EQ(used(budget_subject()), 4'123U) << "uncounted tokens leave what was reserved";
  const auto third = charge(meter, 4'000);
  test::await(meter.refund(*third));
  EXPECT_EQ(used(budget_subject()), 4'123U);
}

TEST_F(MeterTest, ForgivesACallerAFewTimesADay) {
  Meter meter = make({.anonymous = {100}});
  for (std::uint32_t i = 0; i < kForgivenPerDay; ++i) {
    EXPECT_TRUE(test::await(meter.forgive(*charge(meter))));
    EXPECT_EQ(used(), 0U);
  }
  EXPECT_FALSE(test::await(meter.forgive(*charge(meter))));
  EXPECT_EQ(used(), 1U);
  test::await(meter.refund(*charge(meter)));
  EXPECT_EQ(used(), 1U) << "a refund is no favour";
  Caller other = kCaller;
  other.address = "203.0.113.8";
  EXPECT_TRUE(test::await(meter.forgive(*test::await(meter.charge(other, 1)))));
  embedded_->clock().advance(std::chrono::hours(24));
  EXPECT_TRUE(test::await(meter.forgive(*charge(meter))));
}

TEST_F(MeterTest, ALedgerThatIsAwayIsNotADenial) {
  Meter meter = make();
  ledger_->is_away = true;
  const core::Result<Ticket> ticket = charge(meter);
  ASSERT_FALSE(ticket.has_value());
  EXPECT_TRUE(ticket.error().is(LedgerError::kUnavailable));
  EXPECT_FALSE(test::await(meter.usage(kCaller, true)).has_value());
}

TEST_F(MeterTest, AChargeWhoseReplyWasLostIsGivenBack) {
  Meter meter = make();
  ledger_->loses_replies = true;
  EXPECT_FALSE(charge(meter).has_value());
  EXPECT_THAT(ledger_->calls, ElementsAre("charge anon:203.0.113.7 1/1", "refund"));
  EXPECT_EQ(ledger_->ids.front(), ledger_->ids.back());
  EXPECT_EQ(used(), 0U);
}

TEST_F(MeterTest, AnEndThatCannotBeWrittenIsCounted) {
  Meter meter = make();
  const auto ticket = charge(meter);
  ledger_->is_away = true;
  test::await(meter.settle(*ticket, std::nullopt));
  EXPECT_THAT(metrics_->serialize(),
              HasSubstr(R"(graphrail_quota_charges_total{outcome="unclosed",tier="anon"} 1)"));
}

TEST_F(MeterTest, UsageOnlyLooks) {
  Meter meter = make({.signed_in = {3}});
  const Caller anna{.address = "203.0.113.7", .user = "anna", .plan = ""};
  ASSERT_TRUE(test::await(meter.charge(anna, 1)).has_value());
  ledger_->calls.clear();
  for (const bool is_metered : {true, false}) {
    const core::Result<Usage> usage = test::await(meter.usage(anna, is_metered));
    ASSERT_TRUE(usage.has_value());
    EXPECT_EQ(usage->used, 1U);
    EXPECT_EQ(usage->limit, 3U);
    EXPECT_EQ(usage->remaining, 2U);
    EXPECT_EQ(usage->tier, "auth");
    EXPECT_EQ(usage->metered, is_metered);
    EXPECT_EQ(usage->reset, window_at(embedded_->clock().unix_seconds()).reset());
  }
  EXPECT_THAT(ledger_->calls, ElementsAre("peek auth:anna", "peek auth:anna"));
}

TEST_F(MeterTest, CountsWhatBecameOfCharges) {
  Meter meter = make({.anonymous = {2}});
  test::await(meter.settle(*charge(meter), std::nullopt));
  test::await(meter.refund(*charge(meter)));
  test::await(meter.settle(*charge(meter), std::nullopt));
  EXPECT_FALSE(charge(meter).has_value());
  const std::string text = metrics_->serialize();
  for (const char* line :
       {R"(outcome="admitted",tier="anon"} 3)", R"(outcome="settled",tier="anon"} 2)",
        R"(outcome="refunded",tier="anon"} 1)", R"(outcome="denied_daily",tier="anon"} 1)"}) {
    EXPECT_THAT(text, HasSubstr(std::string("graphrail_quota_charges_total{") + line));
  }
  EXPECT_THAT(text, testing::Not(HasSubstr("203.0.113.7"))) << "callers are no labels";
}

}  // namespace
}  // namespace graphrail::quota
