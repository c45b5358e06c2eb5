// The words for failed calls: what clients may read is fixed per kind, what the server said goes to
// the log, bounded and without the key. Pure.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/secret.h"
#include "llm/llm_error.h"

namespace graphrail::llm {

/// A failed request as the retry loop sees it.
struct CallFailure {
  LlmError error = LlmError::kUnavailable;
  /// For the log: the server's words or the transport's.
  std::string cause;
  /// The parameter that the server named, for the ladder.
  std::string parameter;
  /// When the server said to come back.
  std::optional<std::chrono::milliseconds> hint;
  /// False when trying again cannot help, whatever the kind.
  bool may_pass = true;
  /// "unreachable" or "tls" when the server was never spoken to; the error's reason.
  std::string_view reason = {};
};

/// "wrong_key", "rate_limited", …: labels of metrics and log fields.
[[nodiscard]] std::string_view outcome_name(LlmError error) noexcept;

/// The LlmError inside an error of this room; kUnavailable for others.
[[nodiscard]] LlmError kind_of(const core::Error& error) noexcept;

/// The error a caller gets: fixed public text, the cause, the hint as retry_after_seconds.
[[nodiscard]] core::Error make_call_error(const CallFailure& failure);

/// The same, ready to be returned.
[[nodiscard]] std::unexpected<core::Error> fail_call(LlmError error, std::string cause);

/// `text` with every copy of `key` replaced; servers echo keys in their complaints.
[[nodiscard]] std::string redact(std::string text, const core::Secret* key);

}  // namespace graphrail::llm
