#include "quota/group_commit.h"

#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>
#include <exception>

#include "core/core_error.h"
#include "observe/log.h"

namespace graphrail::quota {
namespace {

/// Bounds how long the first caller of a group waits for the work of the last.
constexpr std::size_t kLargestGroup = 16'384;

/// How long the writer sleeps when nobody calls: leases end by themselves, days pass, and what is
/// left of yesterday goes in small pieces.
constexpr std::chrono::milliseconds kWhileTidying{10};
constexpr std::chrono::seconds kWhileChargesAreOpen{1};
constexpr std::chrono::seconds kWhileIdle{60};

core::Error busy() {
  return {
      core::CoreError::kBusy, {"The server is busy; try again shortly."}, {"ledger queue full"}};
}

core::Error stopping() {
  return {core::CoreError::kStopping, {"The server is stopping."}, {"the ledger is stopping"}};
}

core::Error unavailable(const core::Error& cause) {
  return {LedgerError::kUnavailable,
          {"Usage cannot be counted right now; try again shortly."},
          {cause.private_cause().empty() ? cause.public_text() : cause.private_cause()}};
}

}  // namespace

GroupCommit::GroupCommit(std::unique_ptr<Book> book, std::unique_ptr<Journal> journal,
                         std::shared_ptr<core::Clock> clock, std::size_t max_queued)
    : book_(std::move(book)),
      journal_(std::move(journal)),
      clock_(std::move(clock)),
      max_queued_(max_queued),
      thread_([this] { work(); }) {}

GroupCommit::~GroupCommit() { stop(); }

void GroupCommit::stop() noexcept {
  {
    const std::scoped_lock lock(mutex_);
    is_stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

boost::asio::awaitable<void> GroupCommit::submit(boost::asio::any_io_executor executor,
                                                 std::shared_ptr<Call> call) {
  namespace asio = boost::asio;
  const auto initiate = [](asio::any_completion_handler<void()> handler, GroupCommit* self,
                           asio::any_io_executor resume_on, std::shared_ptr<Call> waiting) {
    waiting->handler.emplace(std::move(handler));
    waiting->guard.emplace(resume_on);
    waiting->executor = std::move(resume_on);
    self->push(std::move(waiting));
  };
  return asio::async_initiate<const asio::use_awaitable_t<>, void()>(
      initiate, asio::use_awaitable, this, std::move(executor), std::move(call));
}

void GroupCommit::push(std::shared_ptr<Call> call) {
  bool is_refused = false;
  bool was_empty = false;
  {
    const std::scoped_lock lock(mutex_);
    is_refused = is_stopping_ || queue_.size() >= max_queued_;
    if (is_refused) {
      call->fail(is_stopping_ ? stopping() : busy());
    } else {
      was_empty = queue_.empty();
      queue_.push_back(call);
    }
  }
  // The writer looks at the queue before it sleeps, so only the first call has to wake it.
  if (was_empty) wake_.notify_one();
  if (!is_refused) return;
  Calls refused;
  refused.push_back(std::move(call));
  answer_on_one(std::move(refused));
}

/// Resumes callers, those of one executor with one message to it.
void GroupCommit::answer(Calls calls) {
  // I/O threads are few; where every caller has an executor of its own, looking at the last few is
  // all that is spent on finding it.
  constexpr std::size_t kLookBack = 8;
  std::vector<Calls> batches;
  for (std::shared_ptr<Call>& call : calls) {
    const std::size_t first = batches.size() > kLookBack ? batches.size() - kLookBack : 0;
    std::size_t at = first;
    while (at < batches.size() && batches[at].front()->executor != call->executor) ++at;
    if (at == batches.size()) batches.emplace_back();
    batches[at].push_back(std::move(call));
  }
  for (Calls& batch : batches) answer_on_one(std::move(batch));
}

void GroupCommit::answer_on_one(Calls calls) {
  // A caller may run to its end, and its io_context with it, so it goes on only once this thread
  // has left post() and let go of the executor: a wait of nanoseconds.
  const auto posting = std::make_shared<std::mutex>();
  const std::scoped_lock lock(*posting);
  const boost::asio::any_io_executor executor = calls.front()->executor;
  boost::asio::post(executor, [posting, calls = std::move(calls)]() mutable {
    {
      const std::scoped_lock writer_has_left(*posting);
    }
    std::exception_ptr thrown;
    for (std::shared_ptr<Call>& call : calls) {
      call->guard.reset();
      try {
        std::move (*call->handler)();
      } catch (...) {
        // The others are owed their answer before this one's exception ends the loop.
        thrown = std::current_exception();
      }
      call.reset();
    }
    if (thrown) std::rethrow_exception(thrown);
  });
}

void GroupCommit::work() {
  Calls group;
  while (take(group)) commit(group);
}

/// Waits for calls or for the time to tidy up; false when the writer is to stop and none are left.
bool GroupCommit::take(Calls& group) {
  group.clear();
  std::chrono::milliseconds patience = kWhileIdle;
  if (book_->has_open_charges()) patience = kWhileChargesAreOpen;
  if (has_rows_to_prune_ || has_counters_to_drop_) patience = kWhileTidying;
  std::unique_lock lock(mutex_);
  wake_.wait_for(lock, patience, [this] { return is_stopping_ || !queue_.empty(); });
  if (queue_.size() <= kLargestGroup) {
    group.swap(queue_);
  } else {
    const auto end = queue_.begin() + kLargestGroup;
    group.assign(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
    queue_.erase(queue_.begin(), end);
  }
  return !is_stopping_ || !group.empty();
}

void GroupCommit::commit(Calls& group) {
  const std::int64_t now = clock_->unix_seconds();
  if (oldest_kept_ != Book::oldest_kept(now)) {
    oldest_kept_ = Book::oldest_kept(now);
    has_rows_to_prune_ = true;
    has_counters_to_drop_ = true;
  }
  const std::uint64_t expired_before = book_->expired_total();
  for (const std::shared_ptr<Call>& call : group) call->decide(*book_, now, changes_);
  book_->expire(now, changes_);
  const std::uint64_t expired = book_->expired_total() - expired_before;
  const bool must_write = !changes_.empty() || has_rows_to_prune_ || !is_healthy_;
  if (!must_write || write(now, expired, group)) has_counters_to_drop_ = book_->tidy(now);
  changes_.clear();
  answer(std::move(group));
}

bool GroupCommit::write(std::int64_t now, std::uint64_t expired, const Calls& group) {
  const std::optional<Window> prune_before =
      has_rows_to_prune_ ? std::optional(Book::oldest_kept(now)) : std::nullopt;
  const core::Result<std::int64_t> pruned = journal_->write(changes_, prune_before);
  const bool was_healthy = is_healthy_.exchange(pruned.has_value());
  if (!pruned) {
    // Nobody was answered yet, so it may all be as if it had not been.
    book_->undo(changes_);
    const core::Error error = unavailable(pruned.error());
    if (was_healthy) observe::log_error("ledger not written", {{"cause", error.private_cause()}});
    for (const std::shared_ptr<Call>& call : group) call->fail(error);
    return false;
  }
  if (!was_healthy) observe::log_info("ledger written again");
  ++groups_;
  has_rows_to_prune_ = prune_before.has_value() && *pruned > 0;
  if (expired > 0) observe::log_warn("charges given back after their lease", {{"count", expired}});
  return true;
}

}  // namespace graphrail::quota
