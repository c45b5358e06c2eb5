// What can go wrong with a call to a model server, told apart because each has its own answer:
// a wrong key is the caller's, an exhausted account the operator's, a rate limit passes.
#pragma once

#include <system_error>

namespace graphrail::llm {

enum class LlmError {
  /// 401 or 403: the server does not accept the key.
  kWrongKey = 1,
  /// The account behind the key has no money left (429 insufficient_quota, 402). Final.
  kInsufficientQuota,
  /// 429 for another reason, after every retry the deadline allowed.
  kRateLimited,
  /// The prompt does not fit the model's context window.
  kContextOverflow,
  /// The server's content filter stopped the prompt or the answer.
  kContentFiltered,
  /// The model declined in words. Final.
  kRefused,
  /// The server rejects a parameter: the caller steps down the capability ladder.
  kUnsupportedParameter,
  /// The model or path does not exist there.
  kModelNotFound,
  /// 5xx, refused or broken connections, after every retry the deadline allowed.
  kUnavailable,
  /// The deadline passed.
  kTimeout,
  /// Not an answer in the protocol: HTML page, broken JSON, wrong shape.
  kMalformedAnswer,
  /// The answer is larger than the limit.
  kAnswerTooLarge,
  /// Too many calls wait for a slot already.
  kBusy,
  /// The circuit breaker is open: the server failed repeatedly a moment ago.
  kCircuitOpen,
  /// The caller left.
  kCancelled,
};

[[nodiscard]] std::error_code make_error_code(LlmError error) noexcept;

/// True for errors that a later identical call may not meet: rate limits, outages, timeouts.
[[nodiscard]] bool is_transient(LlmError error) noexcept;

}  // namespace graphrail::llm

template <>
struct std::is_error_code_enum<graphrail::llm::LlmError> : std::true_type {};
