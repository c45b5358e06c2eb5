#include "core/work_pool.h"

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>
#include <vector>

namespace graphrail::core {

struct WorkPool::Workers {
  explicit Workers(std::size_t limit) : max_queued(limit) {}

  /// False when the queue is full or the pool is stopping.
  bool push(std::function<void()> job) {
    {
      const std::scoped_lock lock(mutex);
      if (stopping || jobs.size() >= max_queued) return false;
      jobs.push_back(std::move(job));
    }
    wake.notify_one();
    return true;
  }

  void work() {
    for (;;) {
      std::unique_lock lock(mutex);
      wake.wait(lock, [this] { return stopping || !jobs.empty(); });
      if (jobs.empty()) return;
      std::function<void()> job = std::move(jobs.front());
      jobs.pop_front();
      lock.unlock();
      job();
    }
  }

  const std::size_t max_queued;
  mutable std::mutex mutex;
  std::condition_variable wake;
  std::deque<std::function<void()>> jobs;
  bool stopping = false;
  std::vector<std::thread> threads;
};

namespace {

/// A caller that waits for its work.
struct Waiting {
  using Handler = boost::asio::any_completion_handler<void(bool)>;

  Waiting(Handler handler_of_caller, const boost::asio::any_io_executor& executor)
      : handler(std::move(handler_of_caller)), guard(executor) {}

  Handler handler;
  /// Keeps the caller's io_context running while it has nothing else to wait for.
  boost::asio::executor_work_guard<boost::asio::any_io_executor> guard;
  /// Held by the worker while it posts.
  std::mutex posting;
};

/// Hands the caller back to its own thread. The caller may run to its end, and its io_context with
/// it, so it goes on only once the worker has left post(): a wait of nanoseconds.
void resume(std::shared_ptr<Waiting> waiting, const boost::asio::any_io_executor& executor,
            bool accepted) {
  const std::scoped_lock lock(waiting->posting);
  boost::asio::post(executor, [waiting, accepted] {
    {
      const std::scoped_lock worker_has_left(waiting->posting);
    }
    waiting->guard.reset();
    std::move(waiting->handler)(accepted);
  });
}

}  // namespace

WorkPool::WorkPool(unsigned threads, std::size_t max_queued)
    : workers_(std::make_unique<Workers>(max_queued)) {
  for (unsigned i = 0; i < threads; ++i) {
    workers_->threads.emplace_back([workers = workers_.get()] { workers->work(); });
  }
}

WorkPool::~WorkPool() { stop(); }

void WorkPool::stop() noexcept {
  {
    const std::scoped_lock lock(workers_->mutex);
    workers_->stopping = true;
  }
  workers_->wake.notify_all();
  for (std::thread& thread : workers_->threads) thread.join();
  workers_->threads.clear();
}

std::size_t WorkPool::queued() const noexcept {
  const std::scoped_lock lock(workers_->mutex);
  return workers_->jobs.size();
}

boost::asio::awaitable<bool> WorkPool::submit(boost::asio::any_io_executor executor,
                                              std::function<void()> task) {
  namespace asio = boost::asio;
  const auto initiate = [](asio::any_completion_handler<void(bool)> handler, Workers* workers,
                           asio::any_io_executor resume_on, std::function<void()> job) {
    auto waiting = std::make_shared<Waiting>(std::move(handler), resume_on);
    const bool accepted = workers->push([waiting, resume_on, job = std::move(job)]() mutable {
      job();
      job = nullptr;
      resume(std::move(waiting), resume_on, true);
    });
    if (!accepted) resume(std::move(waiting), resume_on, false);
  };
  return asio::async_initiate<const asio::use_awaitable_t<>, void(bool)>(
      initiate, asio::use_awaitable, workers_.get(), std::move(executor), std::move(task));
}

}  // namespace graphrail::core
