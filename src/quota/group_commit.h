// Group commit: many callers' decisions are taken one after the other by one thread, written in one
// transaction, and only then answered. While the disk is busy with one group the next one gathers,
// so the cost of a commit is shared by as many as are waiting. Owned by the embedded ledger; run()
// is safe from any thread.
#pragma once

#include <atomic>
#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/this_coro.hpp>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/result.h"
#include "quota/book.h"
#include "quota/journal.h"

namespace graphrail::quota {

class GroupCommit {
 public:
  /// Starts the writer's thread. At most `max_queued` calls wait.
  GroupCommit(std::unique_ptr<Book> book, std::unique_ptr<Journal> journal,
              std::shared_ptr<core::Clock> clock, std::size_t max_queued);
  /// Stops as stop() does.
  ~GroupCommit();
  GroupCommit(const GroupCommit&) = delete;
  GroupCommit& operator=(const GroupCommit&) = delete;

  /// Calls `decide(Book&, now, Changes&)`, which returns a Result, on the writer's thread, and
  /// resumes the caller on its own executor once what it changed is on disk. Fails with what
  /// `decide` fails with; with LedgerError::kUnavailable when it could not be written, and then
  /// nothing has changed; with CoreError::kBusy when the queue is full, kStopping after stop().
  template <class Decide>
  auto run(Decide decide)
      -> boost::asio::awaitable<std::invoke_result_t<Decide, Book&, std::int64_t, Changes&>> {
    const auto executor = co_await boost::asio::this_coro::executor;
    auto call = std::make_shared<CallOf<Decide>>(std::move(decide));
    boost::asio::awaitable<void> answered = submit(executor, call);
    co_await std::move(answered);
    co_return std::move(*call->result);
  }

  /// Takes no more calls, answers what is queued and joins the thread. Callers' io_contexts must
  /// still exist. Idempotent; not for two threads at once.
  void stop() noexcept;

  [[nodiscard]] const Book& book() const noexcept { return *book_; }
  /// False since a write failed, until one succeeds.
  [[nodiscard]] bool is_healthy() const noexcept { return is_healthy_; }
  /// Groups written so far.
  [[nodiscard]] std::uint64_t groups() const noexcept { return groups_; }

 private:
  /// A caller that waits.
  class Call {
   public:
    virtual ~Call() = default;
    virtual void decide(Book& book, std::int64_t now, Changes& changes) = 0;
    virtual void fail(const core::Error& error) = 0;

    std::optional<boost::asio::any_completion_handler<void()>> handler;
    boost::asio::any_io_executor executor;
    /// Keeps the caller's io_context running while it has nothing else to wait for.
    std::optional<boost::asio::executor_work_guard<boost::asio::any_io_executor>> guard;
  };

  template <class Decide>
  class CallOf final : public Call {
   public:
    explicit CallOf(Decide decide_it) : decide_(std::move(decide_it)) {}
    void decide(Book& book, std::int64_t now, Changes& changes) override {
      result.emplace(decide_(book, now, changes));
    }
    void fail(const core::Error& error) override { result.emplace(std::unexpected(error)); }

    std::optional<std::invoke_result_t<Decide, Book&, std::int64_t, Changes&>> result;

   private:
    Decide decide_;
  };
  using Calls = std::vector<std::shared_ptr<Call>>;

  boost::asio::awaitable<void> submit(boost::asio::any_io_executor executor,
                                      std::shared_ptr<Call> call);
  void push(std::shared_ptr<Call> call);
  static void answer(Calls calls);
  static void answer_on_one(Calls calls);

  void work();
  bool take(Calls& group);
  void commit(Calls& group);
  bool write(std::int64_t now, std::uint64_t expired, const Calls& group);

  const std::unique_ptr<Book> book_;
  const std::unique_ptr<Journal> journal_;
  const std::shared_ptr<core::Clock> clock_;
  const std::size_t max_queued_;

  std::mutex mutex_;
  std::condition_variable wake_;
  Calls queue_;
  bool is_stopping_ = false;

  /// The writer's own.
  Changes changes_;
  bool has_rows_to_prune_ = true;
  bool has_counters_to_drop_ = true;
  std::optional<Window> oldest_kept_;

  std::atomic<bool> is_healthy_{true};
  std::atomic<std::uint64_t> groups_{0};
  std::thread thread_;
};

}  // namespace graphrail::quota
