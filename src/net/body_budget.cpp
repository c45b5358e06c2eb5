#include "net/body_budget.h"

#include <utility>

namespace graphrail::net {

BodyBudget::Lease BodyBudget::try_acquire() {
  const std::lock_guard lock(mutex_);
  if (free_ == 0) return nullptr;
  --free_;
  return Lease(this, [self = shared_from_this()](void*) { self->release(); });
}

void BodyBudget::notify(std::function<void()> wake) {
  std::deque<std::function<void()>> woken;
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back(std::move(wake));
    // A full list is mostly callers that have gone: those that have not will come again.
    if (free_ > 0 || waiting_.size() > kMaxWaiting) woken.swap(waiting_);
  }
  for (const auto& call : woken) call();
}

void BodyBudget::release() {
  std::deque<std::function<void()>> woken;
  {
    const std::lock_guard lock(mutex_);
    ++free_;
    // All of them: a waiter that has gone away must not swallow the only call.
    woken.swap(waiting_);
  }
  for (const auto& wake : woken) wake();
}

}  // namespace graphrail::net
