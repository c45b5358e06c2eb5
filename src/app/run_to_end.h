// One-shot commands run their coroutines here, on the thread that called.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <utility>

namespace graphrail::app {

/// The context of all commands of this process. Never destroyed: a thread that has just resumed a
/// coroutine may still be on its way out of the context when the command has its result.
[[nodiscard]] inline boost::asio::io_context& command_context() {
  static auto* const context = new boost::asio::io_context(1);
  return *context;
}

/// The coroutine's value; what it throws is thrown here. Blocks; for one thread of the process.
template <class T>
T run_to_end(boost::asio::awaitable<T> work) {
  boost::asio::io_context& context = command_context();
  context.restart();
  auto result = boost::asio::co_spawn(context, std::move(work), boost::asio::use_future);
  context.run();
  return result.get();
}

}  // namespace graphrail::app
