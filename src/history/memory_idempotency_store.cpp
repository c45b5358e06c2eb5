#include <list>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "history/idempotency_mark.h"
#include "history/idempotency_store.h"

namespace graphrail::history {
namespace {

/// Expired entries that one call removes from each list: more than it adds, so they run out.
constexpr int kPurgedPerCall = 16;

class MemoryIdempotencyStore final : public IdempotencyStore {
 public:
  MemoryIdempotencyStore(IdempotencyLimits limits, std::shared_ptr<const core::Clock> clock)
      : limits_(limits), clock_(std::move(clock)) {}

  boost::asio::awaitable<core::Result<BeginOutcome>> begin(IdempotentRequest request) override {
    co_return take(request, clock_->unix_seconds());
  }

  boost::asio::awaitable<core::Result<FinishState>> finish(
      IdempotentRequest request, std::shared_ptr<const StoredAnswer> answer) override {
    co_return keep(request, std::move(answer), clock_->unix_seconds());
  }

  boost::asio::awaitable<core::Result<void>> release(IdempotentRequest request) override {
    give_back(request, clock_->unix_seconds());
    co_return core::Result<void>();
  }

 private:
  struct Entry {
    std::string key;
    IdempotencyMark mark;
    std::shared_ptr<const StoredAnswer> answer;
    std::size_t bytes = 0;
  };
  using Entries = std::list<Entry>;

  core::Result<BeginOutcome> take(const IdempotentRequest& request, std::int64_t now) {
    const std::scoped_lock lock(mutex_);
    if (const auto found = by_key_.find(request.key); found != by_key_.end()) {
      const Entry& entry = *found->second;
      if (!entry.mark.is_expired(now)) {
        const BeginState state = entry.mark.on_begin(request);
        return BeginOutcome{state, state == BeginState::kReplay ? entry.answer : nullptr};
      }
      forget(found->second);
    }
    purge(running_, now);
    purge(finished_, now);
    if (running_.size() >= limits_.max_running) return too_many_running();
    running_.push_back({request.key, make_running_mark(request, limits_, now), nullptr});
    by_key_.emplace(request.key, std::prev(running_.end()));
    return BeginOutcome{BeginState::kBegun, nullptr};
  }

  core::Result<FinishState> keep(const IdempotentRequest& request,
                                 std::shared_ptr<const StoredAnswer> answer, std::int64_t now) {
    const std::scoped_lock lock(mutex_);
    const auto found = by_key_.find(request.key);
    if (found == by_key_.end()) return FinishState::kNotOwner;
    const auto entry = found->second;
    if (entry->mark.was_finished_by(request, now)) return FinishState::kKept;
    if (!entry->mark.is_held_by(request, now)) return FinishState::kNotOwner;
    if (is_too_large(request, *answer, limits_)) return FinishState::kTooLarge;
    entry->bytes = counted_bytes(request, *answer);
    while (bytes_ + entry->bytes > limits_.max_bytes) forget(finished_.begin());
    entry->answer = std::move(answer);
    entry->mark.is_finished = true;
    entry->mark.expires_at = now + limits_.lifetime_seconds;
    bytes_ += entry->bytes;
    finished_.splice(finished_.end(), running_, entry);
    purge(finished_, now);
    return FinishState::kKept;
  }

  void give_back(const IdempotentRequest& request, std::int64_t now) {
    const std::scoped_lock lock(mutex_);
    const auto found = by_key_.find(request.key);
    if (found == by_key_.end() || !found->second->mark.is_held_by(request, now)) return;
    forget(found->second);
  }

  /// A list is in the order in which its entries expire.
  void purge(Entries& entries, std::int64_t now) {
    for (int i = 0; i < kPurgedPerCall; ++i) {
      if (entries.empty() || !entries.front().mark.is_expired(now)) return;
      forget(entries.begin());
    }
  }

  void forget(Entries::iterator entry) {
    bytes_ -= entry->bytes;
    by_key_.erase(entry->key);
    (entry->mark.is_finished ? finished_ : running_).erase(entry);
  }

  const IdempotencyLimits limits_;
  std::shared_ptr<const core::Clock> clock_;
  std::mutex mutex_;
  Entries running_;
  /// Finished longest ago first.
  Entries finished_;
  std::unordered_map<std::string, Entries::iterator> by_key_;
  /// Of finished entries.
  std::size_t bytes_ = 0;
};

}  // namespace

std::shared_ptr<IdempotencyStore> make_memory_idempotency_store(
    IdempotencyLimits limits, std::shared_ptr<const core::Clock> clock) {
  return std::make_shared<MemoryIdempotencyStore>(limits, std::move(clock));
}

}  // namespace graphrail::history
