#include "llm/call_slots.h"

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <optional>
#include <utility>

#include "llm/call_error.h"

namespace graphrail::llm {

namespace asio = boost::asio;

struct CallSlots::Waiter {
  explicit Waiter(const asio::any_io_executor& strand) : timer(strand) {}
  asio::steady_timer timer;
  /// Set by whoever gave a slot back; from then on the slot is the waiter's.
  std::optional<Slot> slot;
};

/// A place in the line, left when the waiting ends, however it ends.
class CallSlots::Place {
 public:
  Place(CallSlots& slots, Waiter& waiter) : slots_(slots), waiter_(waiter) {
    slots_.line_.push_back(&waiter_);
    slots_.tell();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;
  ~Place() {
    if (std::erase(slots_.line_, &waiter_) > 0) slots_.tell();
  }

 private:
  CallSlots& slots_;
  Waiter& waiter_;
};

CallSlots::CallSlots(asio::any_io_executor strand, std::size_t max_running, std::size_t max_waiting,
                     OnChange on_change)
    : strand_(std::move(strand)),
      max_running_(std::max<std::size_t>(max_running, 1)),
      max_waiting_(max_waiting),
      on_change_(std::move(on_change)) {}

asio::awaitable<core::Result<CallSlots::Slot>> CallSlots::acquire(
    std::chrono::steady_clock::time_point deadline) {
  const auto self = shared_from_this();
  if (running_ < max_running_) {
    ++running_;
    tell();
    co_return Slot(self);
  }
  if (line_.size() >= max_waiting_) {
    co_return fail_call(LlmError::kBusy, "the line of waiting calls is full");
  }
  Waiter waiter(strand_);
  waiter.timer.expires_at(deadline);
  const Place place(*this, waiter);
  const auto token = asio::as_tuple(asio::use_awaitable);
  const auto [error] = co_await waiter.timer.async_wait(token);
  if (waiter.slot) co_return std::move(*waiter.slot);
  if (!error) co_return fail_call(LlmError::kTimeout, "the deadline passed in the waiting line");
  throw boost::system::system_error(asio::error::operation_aborted);
}

void CallSlots::give_back() {
  if (line_.empty()) {
    --running_;
  } else {
    Waiter* next = line_.front();
    line_.pop_front();
    next->slot.emplace(shared_from_this());
    next->timer.cancel();
  }
  tell();
}

void CallSlots::tell() const {
  if (on_change_) on_change_(running_, line_.size());
}

}  // namespace graphrail::llm
