#include <gtest/gtest.h>

#include <memory>

#include "history/idempotency_store.h"
#include "support/history/idempotency_contract.h"

namespace graphrail::history {
namespace {

class MemoryFixture {
 public:
  static std::unique_ptr<MemoryFixture> make(IdempotencyLimits limits) {
    return std::make_unique<MemoryFixture>(limits);
  }
  explicit MemoryFixture(IdempotencyLimits limits)
      : store_(make_memory_idempotency_store(limits, clock_)) {}

  IdempotencyStore& store() { return *store_; }
  core::ManualClock& clock() { return *clock_; }

 private:
  std::shared_ptr<core::ManualClock> clock_ = std::make_shared<core::ManualClock>();
  std::shared_ptr<IdempotencyStore> store_;
};

INSTANTIATE_TYPED_TEST_SUITE_P(Memory, IdempotencyContract, MemoryFixture);
INSTANTIATE_TYPED_TEST_SUITE_P(Memory, BoundedIdempotencyContract, MemoryFixture);

}  // namespace
}  // namespace graphrail::history
