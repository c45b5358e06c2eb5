// How an exchange with a configured server failed. Statuses are no failures here: whoever called
// reads them.
#pragma once

#include <string>
#include <system_error>

#include "core/result.h"

namespace graphrail::net {

enum class HttpError {
  /// The call cannot be put into HTTP: a line break in a header or a key, no sink.
  kInvalidCall = 1,
  /// Name not found, connection refused, or no connection within the connect timeout.
  kUnreachable,
  /// The TLS handshake failed, or the certificate does not fit.
  kTlsError,
  /// The deadline passed.
  kTimeout,
  /// The server was silent for longer than the call allows.
  kStalled,
  /// The body is larger than the call allows.
  kTooLarge,
  /// The connection ended before the response did.
  kBrokenOff,
  /// Not HTTP.
  kBadResponse,
};

[[nodiscard]] std::error_code make_error_code(HttpError error) noexcept;

/// A failure with the kind's fixed public text; `cause` is for the log.
[[nodiscard]] std::unexpected<core::Error> fail_http(HttpError error, std::string cause);

}  // namespace graphrail::net

template <>
struct std::is_error_code_enum<graphrail::net::HttpError> : std::true_type {};
