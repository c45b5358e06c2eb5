// The rules of a key, the same for every store: pure, values in and values out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

#include "history/idempotency_store.h"

namespace graphrail::history {

/// What a store holds under a key, beside the answer.
struct IdempotencyMark {
  std::string payload;
  std::string owner;
  /// Unix seconds; from that second on the key is free.
  std::int64_t expires_at = 0;
  bool is_finished = false;

  [[nodiscard]] bool is_expired(std::int64_t now) const noexcept { return now >= expires_at; }

  /// What an attempt is told that finds this mark, which has not expired. The one that holds it is
  /// told kBegun, as it was before.
  [[nodiscard]] BeginState on_begin(const IdempotentRequest& request) const noexcept;

  /// True while `request` is the attempt that runs.
  [[nodiscard]] bool is_held_by(const IdempotentRequest& request, std::int64_t now) const noexcept;

  /// True when `request` is the attempt whose answer is kept.
  [[nodiscard]] bool was_finished_by(const IdempotentRequest& request,
                                     std::int64_t now) const noexcept;
};

/// The mark of an attempt that begins now.
[[nodiscard]] IdempotencyMark make_running_mark(const IdempotentRequest& request,
                                                const IdempotencyLimits& limits, std::int64_t now);

/// What an answer counts for in IdempotencyLimits::max_bytes.
[[nodiscard]] std::size_t counted_bytes(const IdempotentRequest& request,
                                        const StoredAnswer& answer) noexcept;

/// True when no room can be made for it.
[[nodiscard]] bool is_too_large(const IdempotentRequest& request, const StoredAnswer& answer,
                                const IdempotencyLimits& limits) noexcept;

/// CoreError::kBusy: too many attempts run.
[[nodiscard]] std::unexpected<core::Error> too_many_running();

}  // namespace graphrail::history
