// Several coroutines side by side on one executor, none of them left behind: the caller goes on
// when all have ended, however they ended.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <exception>
#include <list>
#include <memory>
#include <utility>
#include <vector>

namespace graphrail::core {

namespace detail {

/// What the caller and its coroutines share; touched on their executor only.
struct Together {
  explicit Together(const boost::asio::any_io_executor& executor) : all_ended(executor) {}

  boost::asio::steady_timer all_ended;
  std::size_t running = 0;
  std::exception_ptr thrown;
  std::list<boost::asio::cancellation_signal> signals;
};

}  // namespace detail

/// Runs all of `work` to its end. Rethrows the first exception after the last has ended. A terminal
/// cancellation is passed on to each and ends as operation_aborted. The caller's executor must run
/// one thing at a time.
inline boost::asio::awaitable<void> run_all(std::vector<boost::asio::awaitable<void>> work) {
  namespace asio = boost::asio;
  if (work.size() == 1) {
    // One needs nobody to wait for the others; cancellation reaches it by itself.
    co_await std::move(work.front());
    const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
    if (state.cancelled() == asio::cancellation_type::none) co_return;
    throw boost::system::system_error(asio::error::operation_aborted);
  }
  const auto executor = co_await asio::this_coro::executor;
  auto together = std::make_shared<detail::Together>(executor);
  together->all_ended.expires_at(asio::steady_timer::time_point::max());
  together->running = work.size();
  const auto on_end = [together](std::exception_ptr thrown) {
    if (thrown && !together->thrown) together->thrown = std::move(thrown);
    if (--together->running == 0) together->all_ended.cancel();
  };
  for (asio::awaitable<void>& each : work) {
    asio::cancellation_signal& signal = together->signals.emplace_back();
    asio::co_spawn(executor, std::move(each), asio::bind_cancellation_slot(signal.slot(), on_end));
  }
  const auto token = asio::as_tuple(asio::use_awaitable);
  bool is_cancelled = false;
  while (together->running > 0) {
    (void)co_await together->all_ended.async_wait(token);
    const asio::cancellation_state state = co_await asio::this_coro::cancellation_state;
    if (is_cancelled || state.cancelled() == asio::cancellation_type::none) continue;
    is_cancelled = true;
    // The wait for their ends is not to be cancelled once more.
    co_await asio::this_coro::reset_cancellation_state(asio::disable_cancellation());
    for (asio::cancellation_signal& signal : together->signals) {
      signal.emit(asio::cancellation_type::terminal);
    }
  }
  if (is_cancelled) throw boost::system::system_error(asio::error::operation_aborted);
  if (together->thrown) std::rethrow_exception(together->thrown);
}

}  // namespace graphrail::core
