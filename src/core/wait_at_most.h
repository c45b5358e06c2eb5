// Patience with a limit, for work that cannot be cancelled (a store on the work pool): the caller
// goes on after the limit, the work ends on its own and its result is dropped.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

namespace graphrail::core {

namespace detail {

template <class T>
struct PatientWait {
  explicit PatientWait(const boost::asio::any_io_executor& executor) : timer(executor) {}

  boost::asio::steady_timer timer;
  bool done = false;
  std::optional<T> value;
  std::exception_ptr thrown;
};

}  // namespace detail

/// The value of `work`, or nothing when it takes longer than `limit`. Rethrows what the work throws
/// in time. The caller's executor must run one thing at a time (an I/O thread's context, a strand).
template <class T>
boost::asio::awaitable<std::optional<T>> wait_at_most(boost::asio::awaitable<T> work,
                                                      std::chrono::milliseconds limit) {
  const auto executor = co_await boost::asio::this_coro::executor;
  auto wait = std::make_shared<detail::PatientWait<T>>(executor);
  wait->timer.expires_after(limit);
  const auto finish = [wait](std::exception_ptr thrown, std::optional<T> value) {
    wait->done = true;
    wait->thrown = std::move(thrown);
    wait->value = std::move(value);
    wait->timer.cancel();
  };
  boost::asio::co_spawn(executor, std::move(work), [finish](std::exception_ptr thrown, T value) {
    if (thrown) return finish(std::move(thrown), std::nullopt);
    finish(nullptr, std::move(value));
  });
  boost::system::error_code ignored;
  auto token = boost::asio::redirect_error(boost::asio::use_awaitable, ignored);
  if (!wait->done) co_await wait->timer.async_wait(token);
  if (wait->thrown) std::rethrow_exception(wait->thrown);
  co_return std::move(wait->value);
}

}  // namespace graphrail::core
