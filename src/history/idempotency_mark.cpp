#include "history/idempotency_mark.h"

#include "core/core_error.h"

namespace graphrail::history {
namespace {

/// What an answer takes beside its texts.
constexpr std::size_t kBytesPerAnswer = 256;

}  // namespace

BeginState IdempotencyMark::on_begin(const IdempotentRequest& request) const noexcept {
  if (payload != request.payload) return BeginState::kMismatch;
  if (is_finished) return BeginState::kReplay;
  return owner == request.owner ? BeginState::kBegun : BeginState::kRunning;
}

bool IdempotencyMark::is_held_by(const IdempotentRequest& request,
                                 std::int64_t now) const noexcept {
  return !is_finished && !is_expired(now) && owner == request.owner;
}

bool IdempotencyMark::was_finished_by(const IdempotentRequest& request,
                                      std::int64_t now) const noexcept {
  return is_finished && !is_expired(now) && owner == request.owner;
}

IdempotencyMark make_running_mark(const IdempotentRequest& request, const IdempotencyLimits& limits,
                                  std::int64_t now) {
  return {request.payload, request.owner, now + limits.running_seconds, false};
}

std::size_t counted_bytes(const IdempotentRequest& request, const StoredAnswer& answer) noexcept {
  return kBytesPerAnswer + request.key.size() + request.payload.size() + request.owner.size() +
         answer.content_type.size() + answer.body.size();
}

bool is_too_large(const IdempotentRequest& request, const StoredAnswer& answer,
                  const IdempotencyLimits& limits) noexcept {
  return answer.content_type.size() + answer.body.size() > kMaxAnswerBytes ||
         counted_bytes(request, answer) > limits.max_bytes;
}

std::unexpected<core::Error> too_many_running() {
  return core::fail(core::CoreError::kBusy, {"The server is busy; try again shortly."},
                    {"too many requests with an Idempotency-Key are running"});
}

}  // namespace graphrail::history
