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

WorkPool::WorkPool(unsigned threads, std::size_t max_queued)
    : workers_(std::make_unique<Workers>(max_queued)) {
  for (unsigned i = 0; i < threads; ++i) {
    workers_->threads.emplace_back([workers = workers_.get()] { workers->work(); });
  }
}

WorkPool::~WorkPool() {
  {
    const std::scoped_lock lock(workers_->mutex);
    workers_->stopping = true;
  }
  workers_->wake.notify_all();
  for (std::thread& thread : workers_->threads) thread.join();
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
    // The guard keeps the caller's io_context alive while it has nothing else to wait for.
    auto guard = asio::make_work_guard(resume_on);
    auto shared = std::make_shared<asio::any_completion_handler<void(bool)>>(std::move(handler));
    const auto complete = [shared, resume_on](bool accepted) {
      asio::post(resume_on, [shared, accepted] { std::move (*shared)(accepted); });
    };
    const bool accepted =
        workers->push([complete, guard = std::move(guard), job = std::move(job)]() mutable {
          job();
          job = nullptr;
          complete(true);
          guard.reset();
        });
    if (!accepted) complete(false);
  };
  return asio::async_initiate<const asio::use_awaitable_t<>, void(bool)>(
      initiate, asio::use_awaitable, workers_.get(), std::move(executor), std::move(task));
}

}  // namespace graphrail::core
