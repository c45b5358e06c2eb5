// The Idempotency-Key header (draft-ietf-httpapi-idempotency-key-header-06): a client that lost its
// answer asks again with the same key, gets the same answer and is charged nothing. Only successes
// are kept: what failed was not charged, and trying it again is the point.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>
#include <system_error>

#include "api/caller.h"
#include "core/random.h"
#include "core/result.h"
#include "history/idempotency_store.h"
#include "http/message.h"

namespace graphrail::api {

enum class IdempotencyError {
  /// Not one key of 1 to 255 visible ASCII characters.
  kMalformedKey = 1,
  /// The first request with this key has no answer yet.
  kStillRunning,
  /// The key stands for another request.
  kOtherPayload,
};
[[nodiscard]] std::error_code make_error_code(IdempotencyError error) noexcept;

/// What the store is asked: key and payload as digests, the key's together with who sent it. None
/// without the header. The key may stand in quotes, as the draft's structured field, or bare, as
/// most clients send it. Fails with kMalformedKey.
[[nodiscard]] core::Result<std::optional<history::IdempotentRequest>> read_idempotency_key(
    const http::Request& request, const Caller& caller, core::Random& random);

/// One attempt under a key; nothing happens without one.
class IdempotentAttempt {
 public:
  IdempotentAttempt(std::shared_ptr<history::IdempotencyStore> store,
                    std::optional<history::IdempotentRequest> request)
      : store_(std::move(store)), request_(std::move(request)) {}

  /// The answer to give again, or null when this attempt has to find one. Fails with
  /// kStillRunning and kOtherPayload, and as the store does.
  boost::asio::awaitable<core::Result<std::shared_ptr<const history::StoredAnswer>>> begin();
  /// Keeps the JSON answer of a success.
  boost::asio::awaitable<void> keep(std::string body);
  /// The attempt failed: the key is free again.
  boost::asio::awaitable<void> release();

 private:
  std::shared_ptr<history::IdempotencyStore> store_;
  std::optional<history::IdempotentRequest> request_;
};

}  // namespace graphrail::api

template <>
struct std::is_error_code_enum<graphrail::api::IdempotencyError> : std::true_type {};
