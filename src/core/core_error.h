// Error codes of the core room.
#pragma once

#include <system_error>

namespace graphrail::core {

enum class CoreError {
  /// The work pool's queue is full: the caller should answer 503 and name a time to retry.
  kBusy = 1,
  /// The work pool is stopping and takes no more work.
  kStopping,
};

[[nodiscard]] std::error_code make_error_code(CoreError error) noexcept;

}  // namespace graphrail::core

template <>
struct std::is_error_code_enum<graphrail::core::CoreError> : std::true_type {};
