// N callers who want the same thing at the same time cause one piece of work. The work runs
// detached from whoever asked first, so a caller who leaves cancels nothing for the others, and
// nothing is remembered afterwards: a failed or hung flight cannot poison the next.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/waiter.h"

namespace graphrail::core {

/// Safe from any thread. `Value` is copied to every caller: make it cheap (a shared_ptr, a Result
/// of one). The number of callers is bounded by the connections of the server.
template <class Value>
class SingleFlight {
 public:
  using Work = std::function<boost::asio::awaitable<Value>()>;

  /// Joins the flight of `key`, or starts one with `work` on this coroutine's executor. Rethrows
  /// what the work throws; throws operation_aborted when this caller is cancelled.
  boost::asio::awaitable<Value> run(std::string key, Work work) {
    const auto executor = co_await boost::asio::this_coro::executor;
    const auto [flight, is_first] = join(key);
    if (is_first) {
      boost::asio::co_spawn(executor, fly(shared_, key, flight, std::move(work)),
                            boost::asio::detached);
    }
    boost::asio::awaitable<void> landing = wait(flight);
    co_await std::move(landing);
    if (flight->thrown) std::rethrow_exception(flight->thrown);
    co_return *flight->value;
  }

  /// Flights in the air now.
  [[nodiscard]] std::size_t running() const {
    const std::scoped_lock lock(shared_->mutex);
    return shared_->flights.size();
  }

 private:
  struct Flight {
    std::mutex mutex;
    bool landed = false;
    std::optional<Value> value;
    std::exception_ptr thrown;
    std::vector<std::shared_ptr<Waiter>> waiters;
  };
  struct Shared {
    std::mutex mutex;
    std::unordered_map<std::string, std::shared_ptr<Flight>> flights;
  };

  std::pair<std::shared_ptr<Flight>, bool> join(const std::string& key) {
    const std::scoped_lock lock(shared_->mutex);
    auto& flight = shared_->flights[key];
    const bool is_first = flight == nullptr;
    if (is_first) flight = std::make_shared<Flight>();
    return {flight, is_first};
  }

  static boost::asio::awaitable<void> fly(std::shared_ptr<Shared> shared, std::string key,
                                          std::shared_ptr<Flight> flight, Work work) {
    try {
      boost::asio::awaitable<Value> result = work();
      flight->value.emplace(co_await std::move(result));
    } catch (...) {
      flight->thrown = std::current_exception();
    }
    land(*shared, key, *flight);
  }

  /// The key is freed before the callers wake, so that whoever comes next starts afresh.
  static void land(Shared& shared, const std::string& key, Flight& flight) {
    {
      const std::scoped_lock lock(shared.mutex);
      shared.flights.erase(key);
    }
    std::vector<std::shared_ptr<Waiter>> waiters;
    {
      const std::scoped_lock lock(flight.mutex);
      flight.landed = true;
      waiters.swap(flight.waiters);
    }
    for (const auto& waiter : waiters) waiter->resume();
  }

  static boost::asio::awaitable<void> wait(std::shared_ptr<Flight> flight) {
    return suspend([flight](std::shared_ptr<Waiter> waiter) {
      bool landed = false;
      {
        const std::scoped_lock lock(flight->mutex);
        landed = flight->landed;
        if (!landed) flight->waiters.push_back(waiter);
      }
      if (landed) waiter->resume();
    });
  }

  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

}  // namespace graphrail::core
