#include "quota/book.h"
#include "unit/quota/ledger_fixture.h"
#include "unit/quota/ledger_model_contract.h"

namespace graphrail::quota {
namespace {

INSTANTIATE_TYPED_TEST_SUITE_P(Embedded, LedgerModelContract, QuickEmbeddedFixture);

/// The book alone, where a sequence costs microseconds: thousands of them, long ones.
class BookModel {
 public:
  BookModel() : book_(BookOptions{.lease_seconds = 600}), plain_(600) {
    now_ = window_at(1'800'000'000).reset() - 700;
  }

  void take(const Step& step) {
    plain_.now = now_;
    const std::string& id = step.request_id;
    if (step.kind == Step::kPass) now_ += step.seconds % 700;
    if (step.kind == Step::kRefund) RC_ASSERT(refund(id) == plain_.refund(id));
    if (step.kind == Step::kSettle) {
      const auto got = settle(id, step.spent);
      RC_ASSERT(got.has_value() == plain_.settle(id, step.spent).has_value());
    }
    if (step.kind == Step::kCharge) {
      const core::Result<Charge> got = charge(id, step.claims);
      const core::Result<Charge> expected = plain_.charge(id, step.claims);
      RC_ASSERT(got.has_value() == expected.has_value());
      if (got) RC_ASSERT(*got == *expected);
    }
    if (step.kind == Step::kReconcile) RC_ASSERT(expire() == plain_.reconcile());
  }

  /// Whatever `step` does is taken back, and the counters are as before.
  void take_back(const Step& step) {
    const std::vector<Standing> before = standings();
    Changes changes;
    if (step.kind == Step::kRefund) (void)book_.refund(step.request_id, now_, changes);
    if (step.kind == Step::kSettle) {
      (void)book_.settle(step.request_id, step.spent, now_, changes);
      (void)book_.refund(step.request_id, now_, changes);
    }
    if (step.kind == Step::kCharge) {
      (void)book_.charge(step.request_id, step.claims, now_, changes);
      (void)book_.settle(step.request_id, step.spent, now_, changes);
    }
    book_.undo(changes);
    RC_ASSERT(standings() == before);
  }

 private:
  core::Result<Charge> charge(const std::string& id, const std::vector<Claim>& claims) {
    const std::optional<Charge> denied = book_.deny_at_once(id, claims, now_);
    core::Result<Charge> decided = book_.charge(id, claims, now_, changes_);
    changes_.clear();
    if (denied) RC_ASSERT(decided.has_value() && *denied == *decided);
    return decided;
  }
  core::Result<void> settle(const std::string& id, std::optional<std::uint64_t> spent) {
    auto settled = book_.settle(id, spent, now_, changes_);
    changes_.clear();
    return settled;
  }
  bool refund(const std::string& id) {
    const bool refunded = book_.refund(id, now_, changes_);
    changes_.clear();
    return refunded;
  }
  std::size_t expire() {
    const std::size_t expired = book_.expire(now_, changes_);
    changes_.clear();
    return expired;
  }
  [[nodiscard]] std::vector<Standing> standings() const {
    std::vector<Standing> all;
    for (const char* subject : {"anon:a", "anon:b", "budget:all"}) {
      for (const std::int64_t at : {now_, now_ - 86'400}) {
        all.push_back(book_.standing(subject, 1'000, at));
      }
    }
    return all;
  }

  Book book_;
  PlainLedger plain_;
  Changes changes_;
  std::int64_t now_ = 0;
};

RC_GTEST_PROP(Book, AnswersAsTheSpecificationDoes, ()) {
  const std::vector<Step> steps = *rc::gen::scale(4.0, any_steps());
  BookModel model;
  for (const Step& step : steps) model.take(step);
}

RC_GTEST_PROP(Book, TakesBackWhatCouldNotBeWritten, ()) {
  const std::vector<Step> steps = *any_steps();
  const std::vector<Step> undone = *any_steps();
  BookModel model;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    model.take(steps[i]);
    if (i < undone.size()) model.take_back(undone[i]);
  }
}

}  // namespace
}  // namespace graphrail::quota
