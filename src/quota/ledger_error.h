// Error codes of the quota room.
#pragma once

#include <system_error>

namespace graphrail::quota {

enum class LedgerError {
  /// The ledger's store could not be read or written; the cause says why.
  kUnavailable = 1,
  /// Claims or a request id that no ledger accepts: a mistake of the program.
  kInvalidCharge,
  /// No charge of that request id is known.
  kUnknownRequest,
  /// The charge of that request id was given back and is closed.
  kAlreadyRefunded,
};

[[nodiscard]] std::error_code make_error_code(LedgerError error) noexcept;

}  // namespace graphrail::quota

template <>
struct std::is_error_code_enum<graphrail::quota::LedgerError> : std::true_type {};
