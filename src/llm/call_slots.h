// How many calls run at once, and the line of those that wait: first come, first served, bounded.
// Lives on one strand; nothing here is thread-safe.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <functional>
#include <list>
#include <memory>

#include "core/result.h"

namespace graphrail::llm {

class CallSlots : public std::enable_shared_from_this<CallSlots> {
 public:
  /// The right to run a call; given back when it goes.
  class Slot {
   public:
    explicit Slot(std::shared_ptr<CallSlots> owner) : owner_(std::move(owner)) {}
    Slot(Slot&&) noexcept = default;
    Slot& operator=(Slot&&) = delete;
    Slot(const Slot&) = delete;
    Slot& operator=(const Slot&) = delete;
    ~Slot() {
      if (owner_) owner_->give_back();
    }

   private:
    std::shared_ptr<CallSlots> owner_;
  };

  using OnChange = std::function<void(std::size_t running, std::size_t waiting)>;

  /// `on_change` is told after every change; may be empty.
  CallSlots(boost::asio::any_io_executor strand, std::size_t max_running, std::size_t max_waiting,
            OnChange on_change = {});

  /// Fails with kBusy when the line is full, with kTimeout at `deadline`. Throws operation_aborted
  /// when cancelled, which leaves the line.
  boost::asio::awaitable<core::Result<Slot>> acquire(
      std::chrono::steady_clock::time_point deadline);

  [[nodiscard]] std::size_t running() const noexcept { return running_; }
  [[nodiscard]] std::size_t waiting() const noexcept { return line_.size(); }

 private:
  struct Waiter;
  class Place;

  void give_back();
  void tell() const;

  boost::asio::any_io_executor strand_;
  std::size_t max_running_;
  std::size_t max_waiting_;
  OnChange on_change_;
  std::size_t running_ = 0;
  std::list<Waiter*> line_;
};

}  // namespace graphrail::llm
