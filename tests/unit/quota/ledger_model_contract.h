// Random sequences of calls on a ledger and on its plain specification must be answered alike. For
// every Ledger; see ledger_contract.h for how an implementation joins.
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "support/await.h"
#include "unit/quota/plain_ledger.h"

namespace graphrail::quota {

/// One call, or an event, out of a few names, so that they meet often.
struct Step {
  enum Kind { kCharge, kSettle, kRefund, kPass, kPeek, kReconcile, kRestart };
  Kind kind = kCharge;
  std::string request_id;
  std::vector<Claim> claims;
  std::optional<std::uint64_t> spent;
  std::int64_t seconds = 0;
};

inline void showValue(const Step& step, std::ostream& out) {
  constexpr const char* kNames[] = {"charge", "settle",    "refund", "pass",
                                    "peek",   "reconcile", "restart"};
  out << kNames[step.kind] << " " << step.request_id;
  for (const Claim& claim : step.claims) {
    out << " [" << claim.subject.text() << " " << claim.cost << "/" << claim.limit
        << (claim.is_reservation ? " reserved]" : "]");
  }
  if (step.spent) out << " spent " << *step.spent;
  if (step.kind == Step::kPass) out << step.seconds << " s";
}

inline Step random_step() {
  Step step;
  step.kind = *rc::gen::weightedElement<Step::Kind>({{8, Step::kCharge},
                                                     {4, Step::kSettle},
                                                     {3, Step::kRefund},
                                                     {2, Step::kPass},
                                                     {2, Step::kPeek},
                                                     {1, Step::kReconcile},
                                                     {1, Step::kRestart}});
  step.request_id = "r" + std::to_string(*rc::gen::inRange(0, 12));
  // Minutes mostly, now and then past the lease or midnight.
  step.seconds = *rc::gen::element<std::int64_t>(1, 60, 299, 300, 599, 600, 3'000, 86'400);
  if (*rc::gen::inRange(0, 3) > 0) step.spent = *rc::gen::inRange<std::uint64_t>(0, 9);
  const std::string who = *rc::gen::element<std::string>("a", "b");
  step.claims.push_back({make_subject("anon", who), *rc::gen::inRange<std::uint64_t>(0, 4)});
  if (*rc::gen::inRange(0, 2) == 0) {
    step.claims.push_back({budget_subject(), *rc::gen::inRange<std::uint64_t>(0, 20),
                           *rc::gen::inRange<std::uint64_t>(1, 8), *rc::gen::arbitrary<bool>()});
  }
  return step;
}

inline rc::Gen<std::vector<Step>> any_steps() {
  return rc::gen::container<std::vector<Step>>(rc::gen::exec([] { return random_step(); }));
}

template <class Fixture>
class LedgerModel {
 public:
  LedgerModel() : plain_(Fixture::kLeaseSeconds) {
    // Near enough to midnight for the days to change within a sequence.
    const std::int64_t now = fixture_->clock().unix_seconds();
    fixture_->clock().advance(std::chrono::seconds(window_at(now).reset() - now - 700));
  }

  void take(const Step& step) {
    plain_.now = fixture_->clock().unix_seconds();
    Ledger& ledger = fixture_->ledger();
    // A ledger may forget an ended charge after an hour: every half hour has ids of its own, and
    // midnight falls into the middle of one.
    const std::string id = step.request_id + "@" + std::to_string((plain_.now + 900) / 1'800);
    switch (step.kind) {
      case Step::kCharge:
        return compare(test::await(ledger.charge(id, step.claims)), plain_.charge(id, step.claims));
      case Step::kSettle:
        return compare(test::await(ledger.settle(id, step.spent)), plain_.settle(id, step.spent));
      case Step::kRefund:
        RC_ASSERT(test::await(ledger.refund(id)).value() == plain_.refund(id));
        return;
      case Step::kPass:
        fixture_->clock().advance(std::chrono::seconds(step.seconds));
        return;
      case Step::kReconcile:
        // The ledger may have been quicker, so how many is its own matter.
        RC_ASSERT(test::await(ledger.reconcile()).value() <= plain_.reconcile());
        return;
      case Step::kRestart:
        return fixture_->restart();
      case Step::kPeek:
        return check_counters();
    }
  }

  /// Every counter, once what is due has been given back.
  void check_counters() {
    plain_.now = fixture_->clock().unix_seconds();
    (void)test::await(fixture_->ledger().reconcile()).value();
    plain_.reconcile();
    for (const Subject& subject :
         {make_subject("anon", "a"), make_subject("anon", "b"), budget_subject()}) {
      for (const std::uint64_t limit : {2, 1'000}) {
        RC_ASSERT(test::await(fixture_->ledger().peek(subject, limit)).value() ==
                  plain_.peek(subject, limit));
      }
    }
  }

 private:
  static void compare(const core::Result<Charge>& got, const core::Result<Charge>& expected) {
    RC_ASSERT(got.has_value() == expected.has_value());
    if (!got) RC_ASSERT(got.error().code() == expected.error().code());
    if (got) RC_ASSERT(*got == *expected);
  }
  static void compare(const core::Result<void>& got, const core::Result<void>& expected) {
    RC_ASSERT(got.has_value() == expected.has_value());
    if (!got) RC_ASSERT(got.error().code() == expected.error().code());
  }

  std::unique_ptr<Fixture> fixture_ = Fixture::make();
  PlainLedger plain_;
};

template <class Fixture>
class LedgerModelContract : public testing::Test {};

TYPED_TEST_SUITE_P(LedgerModelContract);

TYPED_TEST_P(LedgerModelContract, AnswersAsTheSpecificationDoes) {
  const bool holds = rc::check("a ledger is its plain specification", [] {
    const std::vector<Step> steps = *any_steps();
    LedgerModel<TypeParam> model;
    for (const Step& step : steps) model.take(step);
    model.check_counters();
  });
  EXPECT_TRUE(holds);
}

REGISTER_TYPED_TEST_SUITE_P(LedgerModelContract, AnswersAsTheSpecificationDoes);

}  // namespace graphrail::quota
