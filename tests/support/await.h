// Runs one coroutine to its end on an io_context of its own, for tests of coroutine interfaces.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <future>
#include <utility>

namespace graphrail::test {

/// The coroutine's value; what it throws is thrown here.
template <class T>
T await(boost::asio::awaitable<T> coroutine) {
  boost::asio::io_context context;
  std::future<T> future =
      boost::asio::co_spawn(context, std::move(coroutine), boost::asio::use_future);
  context.run();
  return future.get();
}

}  // namespace graphrail::test
