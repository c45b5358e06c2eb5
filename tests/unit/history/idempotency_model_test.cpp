// Whatever is done in whatever order, the store in the database and the one in memory say the same.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <memory>
#include <string>

#include "history/sqlite_idempotency_store.h"
#include "support/history/idempotency_contract.h"
#include "support/temporary_folder.h"

namespace graphrail::history {
namespace {

class Twins {
 public:
  Twins() {
    limits_.lifetime_seconds = 20;
    limits_.running_seconds = 5;
    limits_.max_bytes = 3'000;
    limits_.max_running = 3;
    memory_ = make_memory_idempotency_store(limits_, clock_);
    open();
  }

  void reopen() {
    sqlite_.reset();
    open();
  }
  void advance(int seconds) { clock_->advance(std::chrono::seconds(seconds)); }

  void begin(const IdempotentRequest& request) {
    const auto first = test::await(memory_->begin(request));
    const auto second = test::await(sqlite_->begin(request));
    RC_ASSERT(first.has_value() == second.has_value());
    if (!first) {
      RC_ASSERT(first.error().code() == second.error().code());
      return;
    }
    RC_ASSERT(first->state == second->state);
    RC_ASSERT((first->answer != nullptr) == (first->state == BeginState::kReplay));
    RC_ASSERT((second->answer != nullptr) == (second->state == BeginState::kReplay));
    if (first->answer) RC_ASSERT(*first->answer == *second->answer);
  }

  void finish(const IdempotentRequest& request, std::size_t size) {
    const auto answer = std::make_shared<const StoredAnswer>(answer_of(std::string(size, 'x')));
    const auto first = test::await(memory_->finish(request, answer));
    const auto second = test::await(sqlite_->finish(request, answer));
    RC_ASSERT(first.value() == second.value());
  }

  void release(const IdempotentRequest& request) {
    RC_ASSERT(test::await(memory_->release(request)).has_value());
    RC_ASSERT(test::await(sqlite_->release(request)).has_value());
  }

 private:
  void open() {
    SqliteIdempotencyStoreOptions options;
    options.file = folder_ / "idempotency.db";
    options.limits = limits_;
    sqlite_ = make_sqlite_idempotency_store(options, pool_, clock_, RunningAtOpen::kKeep).value();
  }

  test::TemporaryFolder folder_;
  IdempotencyLimits limits_;
  std::shared_ptr<core::ManualClock> clock_ = std::make_shared<core::ManualClock>();
  std::shared_ptr<core::WorkPool> pool_ = std::make_shared<core::WorkPool>(1, 10);
  std::shared_ptr<IdempotencyStore> memory_;
  std::shared_ptr<IdempotencyStore> sqlite_;
};

RC_GTEST_PROP(IdempotencyModel, BothStoresSayTheSame, ()) {
  Twins twins;
  const int steps = *rc::gen::inRange(1, 120);
  for (int step = 0; step < steps; ++step) {
    IdempotentRequest request;
    request.key = digest_of(*rc::gen::elementOf(std::string("abcdef")));
    request.payload = digest_of(*rc::gen::elementOf(std::string("1112")));
    request.owner = std::string(1, *rc::gen::elementOf(std::string("xyz")));
    const int action = *rc::gen::inRange(0, 20);
    if (action < 9) {
      twins.begin(request);
    } else if (action < 15) {
      twins.finish(request, *rc::gen::inRange<std::size_t>(0, 3'000));
    } else if (action < 17) {
      twins.release(request);
    } else if (action < 18) {
      twins.reopen();
    }
    // Two answers of one second may go in either order.
    twins.advance(*rc::gen::inRange(1, 4));
  }
}

}  // namespace
}  // namespace graphrail::history
