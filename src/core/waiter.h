// A coroutine that sleeps until another thread wakes it: the piece that flights, queues and event
// streams are made of.
#pragma once

#include <atomic>
#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>
#include <utility>

namespace graphrail::core {

/// One suspended coroutine. Resumed once, on its own executor, by resume() or by its own
/// cancellation, whichever comes first. Safe from any thread.
class Waiter : public std::enable_shared_from_this<Waiter> {
 public:
  using Handler = boost::asio::any_completion_handler<void(boost::system::error_code)>;

  Waiter(Handler handler, boost::asio::any_io_executor executor)
      : handler_(std::move(handler)), executor_(executor), guard_(std::move(executor)) {}

  /// A second call does nothing.
  void resume() { finish({}); }

  void watch_cancellation() {
    auto slot = boost::asio::get_associated_cancellation_slot(handler_);
    if (!slot.is_connected()) return;
    slot.assign([weak = weak_from_this()](boost::asio::cancellation_type) {
      if (const auto self = weak.lock()) self->finish(boost::asio::error::operation_aborted);
    });
  }

 private:
  void finish(boost::system::error_code error) {
    if (resumed_.exchange(true)) return;
    boost::asio::post(executor_, [self = shared_from_this(), error] {
      self->guard_.reset();
      std::move(self->handler_)(error);
    });
  }

  Handler handler_;
  boost::asio::any_io_executor executor_;
  /// Keeps the caller's io_context running while it has nothing else to wait for.
  boost::asio::executor_work_guard<boost::asio::any_io_executor> guard_;
  std::atomic<bool> resumed_{false};
};

/// Suspends the calling coroutine and hands its waiter to `hand_over`, which gives it to whoever
/// will resume it, or resumes it at once. Throws operation_aborted when cancelled.
inline boost::asio::awaitable<void> suspend(
    std::function<void(std::shared_ptr<Waiter>)> hand_over) {
  const auto executor = co_await boost::asio::this_coro::executor;
  const auto initiate = [](Waiter::Handler handler,
                           std::function<void(std::shared_ptr<Waiter>)> give,
                           boost::asio::any_io_executor resume_on) {
    auto waiter = std::make_shared<Waiter>(std::move(handler), std::move(resume_on));
    waiter->watch_cancellation();
    give(std::move(waiter));
  };
  auto waiting = boost::asio::async_initiate<const boost::asio::use_awaitable_t<>,
                                             void(boost::system::error_code)>(
      initiate, boost::asio::use_awaitable, std::move(hand_over), executor);
  co_await std::move(waiting);
}

}  // namespace graphrail::core
