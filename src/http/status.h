// Status codes and their phrases (RFC 9110 section 15).
#pragma once

#include <string_view>

namespace graphrail::http {

/// The registered phrase ("Not Found"); "Unknown" for codes that have none.
[[nodiscard]] std::string_view status_phrase(int status) noexcept;

/// True for answers that never have a body: 1xx, 204, 304 (RFC 9112 section 6.3).
[[nodiscard]] constexpr bool is_bodiless_status(int status) noexcept {
  return status < 200 || status == 204 || status == 304;
}

}  // namespace graphrail::http
