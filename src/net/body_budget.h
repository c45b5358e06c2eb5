// A bound on the memory that bodies under way may hold together. Every body may grow to a small
// size freely; beyond it, it needs one of a few leases. A transfer without a lease is paused, not
// failed. Thread-safe: leases travel with finished pages to other threads.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>

namespace graphrail::net {

class BodyBudget : public std::enable_shared_from_this<BodyBudget> {
 public:
  explicit BodyBudget(std::size_t leases) : free_(leases) {}

  /// Held as long as the body is; the last copy gives the lease back.
  using Lease = std::shared_ptr<void>;

  /// A lease, or null when all are out.
  [[nodiscard]] Lease try_acquire();

  /// Calls `wake` once, when try_acquire may work again: from the thread that returns a lease, at
  /// once when one is free or too many wait. `wake` must not block, may find that another was
  /// faster, and then notifies again later, not from inside the call.
  void notify(std::function<void()> wake);

 private:
  void release();

  static constexpr std::size_t kMaxWaiting = 1024;

  std::mutex mutex_;
  std::size_t free_;
  std::deque<std::function<void()>> waiting_;
};

}  // namespace graphrail::net
