// A bounded pool for work that blocks (SQLite, HTML, rules), so that no I/O thread ever does. The
// queue has a limit; when it is full the work is refused at once instead of waiting unseen.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <cstddef>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <type_traits>
#include <utility>

#include "core/core_error.h"
#include "core/result.h"

namespace graphrail::core {

class WorkPool {
 public:
  /// `threads` workers and at most `max_queued` waiting pieces of work.
  WorkPool(unsigned threads, std::size_t max_queued);
  /// Stops as stop() does.
  ~WorkPool();
  WorkPool(const WorkPool&) = delete;
  WorkPool& operator=(const WorkPool&) = delete;

  /// Runs `work()` on a worker and resumes the caller on its own executor with the value. Fails
  /// with CoreError::kBusy when the queue is full; rethrows what `work` throws.
  template <class Work>
  boost::asio::awaitable<Result<std::invoke_result_t<Work>>> run(Work work) {
    using Value = std::invoke_result_t<Work>;
    auto state = std::make_shared<State<Value>>();
    const auto executor = co_await boost::asio::this_coro::executor;
    boost::asio::awaitable<bool> finished = submit(executor, make_task(state, std::move(work)));
    const bool accepted = co_await std::move(finished);
    if (!accepted) {
      co_return fail(CoreError::kBusy, {"The server is busy; try again shortly."},
                     {"work queue full"});
    }
    if (state->thrown) std::rethrow_exception(state->thrown);
    co_return std::move(*state->value);
  }

  /// Takes no more work, finishes what is queued and joins the workers. Callers' io_contexts must
  /// still exist: results are posted to them. Idempotent; not for two threads at once.
  void stop() noexcept;

  /// Pieces of work waiting for a worker now.
  [[nodiscard]] std::size_t queued() const noexcept;

 private:
  template <class Value>
  struct State {
    std::optional<Value> value;
    std::exception_ptr thrown;
  };

  template <class Value, class Work>
  static std::function<void()> make_task(std::shared_ptr<State<Value>> state, Work work) {
    auto shared_work = std::make_shared<Work>(std::move(work));
    return [state = std::move(state), shared_work = std::move(shared_work)]() mutable {
      try {
        state->value.emplace((*shared_work)());
      } catch (...) {
        state->thrown = std::current_exception();
      }
      shared_work.reset();
    };
  }

  /// Completes with false when the queue is full, with true once `task` has run.
  boost::asio::awaitable<bool> submit(boost::asio::any_io_executor executor,
                                      std::function<void()> task);

  struct Workers;
  std::unique_ptr<Workers> workers_;
};

}  // namespace graphrail::core
