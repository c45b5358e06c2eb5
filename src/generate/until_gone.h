// Work that ends early when nobody waits for it any more. Only the costly parts of a generation are
// run this way; what settles and saves is never cut.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "core/result.h"
#include "generate/audience.h"
#include "generate/generate.h"

namespace graphrail::generate {

inline constexpr std::string_view kClientLeft = "The client left before the answer.";

/// The result of `work`, or GenerateError::kClientGone once `audience` (may be null) has left and
/// the work has ended. The caller's executor must run one thing at a time.
template <class T>
boost::asio::awaitable<core::Result<T>> until_gone(std::shared_ptr<Audience> audience,
                                                   boost::asio::awaitable<core::Result<T>> work) {
  namespace asio = boost::asio;
  if (audience == nullptr) co_return co_await std::move(work);
  const auto executor = co_await asio::this_coro::executor;
  auto signal = std::make_shared<asio::cancellation_signal>();
  auto is_gone = std::make_shared<bool>(false);
  const std::shared_ptr<void> watching = audience->on_gone([signal, is_gone] {
    *is_gone = true;
    signal->emit(asio::cancellation_type::terminal);
  });
  if (*is_gone) co_return core::fail(GenerateError::kClientGone, {std::string(kClientLeft)});
  try {
    auto token = asio::bind_cancellation_slot(signal->slot(), asio::use_awaitable);
    auto running = asio::co_spawn(executor, std::move(work), token);
    co_return co_await std::move(running);
  } catch (const boost::system::system_error& error) {
    if (error.code() != asio::error::operation_aborted) throw;
  }
  co_return core::fail(GenerateError::kClientGone, {std::string(kClientLeft)});
}

}  // namespace graphrail::generate
