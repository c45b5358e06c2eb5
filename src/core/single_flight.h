// N callers who want the same thing at the same time cause one piece of work. The work runs
// detached from whoever asked first, so a caller who leaves cancels nothing for the others, and
// nothing is remembered afterwards: a failed or hung flight cannot poison the next.
#pragma once

#include <atomic>
#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace graphrail::core {

namespace detail {

/// One suspended caller. Resumed once, on its own executor, by the flight's end or by its own
/// cancellation, whichever comes first.
class FlightWaiter : public std::enable_shared_from_this<FlightWaiter> {
 public:
  using Handler = boost::asio::any_completion_handler<void(boost::system::error_code)>;

  FlightWaiter(Handler handler, boost::asio::any_io_executor executor)
      : handler_(std::move(handler)), executor_(executor), guard_(std::move(executor)) {}

  void watch_cancellation() {
    auto slot = boost::asio::get_associated_cancellation_slot(handler_);
    if (!slot.is_connected()) return;
    slot.assign([weak = weak_from_this()](boost::asio::cancellation_type) {
      if (const auto self = weak.lock()) self->resume(boost::asio::error::operation_aborted);
    });
  }

  void resume(boost::system::error_code error) {
    if (resumed_.exchange(true)) return;
    boost::asio::post(executor_, [self = shared_from_this(), error] {
      self->guard_.reset();
      std::move(self->handler_)(error);
    });
  }

 private:
  Handler handler_;
  boost::asio::any_io_executor executor_;
  /// Keeps the caller's io_context running while it has nothing else to wait for.
  boost::asio::executor_work_guard<boost::asio::any_io_executor> guard_;
  std::atomic<bool> resumed_{false};
};

}  // namespace detail

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
    boost::asio::awaitable<void> landing = wait(flight, executor);
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
    std::vector<std::shared_ptr<detail::FlightWaiter>> waiters;
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
    std::vector<std::shared_ptr<detail::FlightWaiter>> waiters;
    {
      const std::scoped_lock lock(flight.mutex);
      flight.landed = true;
      waiters.swap(flight.waiters);
    }
    for (const auto& waiter : waiters) waiter->resume({});
  }

  static boost::asio::awaitable<void> wait(std::shared_ptr<Flight> flight,
                                           boost::asio::any_io_executor executor) {
    const auto initiate = [](detail::FlightWaiter::Handler handler, std::shared_ptr<Flight> target,
                             boost::asio::any_io_executor resume_on) {
      auto waiter =
          std::make_shared<detail::FlightWaiter>(std::move(handler), std::move(resume_on));
      waiter->watch_cancellation();
      bool landed = false;
      {
        const std::scoped_lock lock(target->mutex);
        landed = target->landed;
        if (!landed) target->waiters.push_back(waiter);
      }
      if (landed) waiter->resume({});
    };
    return boost::asio::async_initiate<const boost::asio::use_awaitable_t<>,
                                       void(boost::system::error_code)>(
        initiate, boost::asio::use_awaitable, std::move(flight), std::move(executor));
  }

  std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
};

}  // namespace graphrail::core
