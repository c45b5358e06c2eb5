// Why a caller may not go on. All are the caller's to wait out, and none says what others used.
#pragma once

#include <system_error>

namespace graphrail::quota {

enum class QuotaError {
  /// The caller's daily quota is used up.
  kDailyUsedUp = 1,
  /// All callers together have used the operator's daily budget.
  kBudgetUsedUp,
  /// More requests in a short time than one address may send.
  kTooManyRequests,
  /// Too many refused tokens or keys from one address.
  kAbuse,
};

[[nodiscard]] std::error_code make_error_code(QuotaError error) noexcept;

}  // namespace graphrail::quota

template <>
struct std::is_error_code_enum<graphrail::quota::QuotaError> : std::true_type {};
