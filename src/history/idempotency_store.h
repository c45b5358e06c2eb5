// What was answered under an Idempotency-Key (draft-ietf-httpapi-idempotency-key-header), so that a
// client that asks again is given the same answer and its question costs nothing. A key is held by
// one attempt at a time; its answer is kept for a lifetime. Safe from any thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "core/clock.h"
#include "core/result.h"
#include "history/graph_store.h"

namespace graphrail::history {

/// One attempt at a request that carries a key.
struct IdempotentRequest {
  /// SHA-256 of who asks and the key that they sent, as 64 lowercase hex digits: so that no caller
  /// reaches another's answer, and that the store never holds a client's words as a name.
  std::string key;
  /// SHA-256 of what is asked, as 64 lowercase hex digits.
  std::string payload;
  /// Unique to this attempt, e.g. its request id.
  std::string owner;
};

/// A successful answer as it is given again.
struct StoredAnswer {
  int status = 200;
  std::string content_type;
  /// Any bytes, NUL among them.
  std::string body;

  bool operator==(const StoredAnswer&) const = default;
};

/// No store keeps an answer whose body and content type are larger together.
inline constexpr std::size_t kMaxAnswerBytes = std::size_t{8} * 1024 * 1024;

enum class BeginState {
  /// The key is this attempt's, which ends it with finish() or release().
  kBegun,
  /// Another attempt at the same request holds the key (409).
  kRunning,
  /// The key stands for another payload, running or answered (422).
  kMismatch,
  /// The request was answered already.
  kReplay,
};

struct BeginOutcome {
  BeginState state = BeginState::kBegun;
  /// Set for kReplay, and null for everything else.
  std::shared_ptr<const StoredAnswer> answer;
};

enum class FinishState {
  /// Given again from now on, for the lifetime of answers.
  kKept,
  /// Nothing was changed: the attempt released the key, or ran for too long and lost it.
  kNotOwner,
  /// Nothing was changed: the answer is larger than kMaxAnswerBytes or than all that the store
  /// holds. The attempt still has the key and should release it.
  kTooLarge,
};

/// How long and how much is kept. All are above zero.
struct IdempotencyLimits {
  /// From the second an answer is finished.
  std::int64_t lifetime_seconds = 24 * 3'600;
  /// How long an attempt holds its key: longer than any request runs. Then another may take it.
  std::int64_t running_seconds = 900;
  /// Of answers, with their keys; the ones finished longest ago go first.
  std::size_t max_bytes = std::size_t{256} * 1024 * 1024;
  /// Attempts that hold a key at the same time; one more is told CoreError::kBusy.
  std::size_t max_running = 10'000;
};

/// Every call fails with HistoryError::kUnavailable or CoreError::kBusy. An attempt whose finish()
/// or release() failed holds its key until that expires. Repeating a call whose reply was lost is
/// harmless: the same attempt is told the same again.
class IdempotencyStore {
 public:
  virtual ~IdempotencyStore() = default;

  /// Takes the key for this attempt, or says what stands in the way. Atomic: of many attempts at
  /// once exactly one is told kBegun.
  virtual boost::asio::awaitable<core::Result<BeginOutcome>> begin(IdempotentRequest request) = 0;

  /// Keeps the answer of the attempt that holds the key.
  virtual boost::asio::awaitable<core::Result<FinishState>> finish(
      IdempotentRequest request, std::shared_ptr<const StoredAnswer> answer) = 0;

  /// The attempt ended without an answer worth keeping: its key is free. Does nothing when the
  /// attempt does not hold the key or has finished.
  virtual boost::asio::awaitable<core::Result<void>> release(IdempotentRequest request) = 0;
};

/// In memory: for tests, and where a restart may forget the answers.
[[nodiscard]] std::shared_ptr<IdempotencyStore> make_memory_idempotency_store(
    IdempotencyLimits limits, std::shared_ptr<const core::Clock> clock);

}  // namespace graphrail::history
