#include "quota/window.h"

namespace graphrail::quota {

Window window_at(std::int64_t unix_seconds) noexcept {
  // Integer division rounds towards zero, a window number towards the past.
  const std::int64_t quotient = unix_seconds / kWindowSeconds;
  return {unix_seconds % kWindowSeconds < 0 ? quotient - 1 : quotient};
}

std::int64_t seconds_to_reset(std::int64_t unix_seconds) noexcept {
  return window_at(unix_seconds).reset() - unix_seconds;
}

}  // namespace graphrail::quota
