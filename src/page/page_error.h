// Why a page gave no text. Each value is a reason of the HTTP contract; a page that is only a
// shell, a wall or an error message is a failure of its own kind, never an empty success.
#pragma once

#include <cstdint>
#include <string>
#include <system_error>

#include "core/error.h"

namespace graphrail::page {

enum class PageError : std::uint8_t {
  kNotFound = 1,  // also "soft 404": an error page sent with status 200
  kBlocked,
  kJsRequired,  // an empty shell that a browser would fill by script
  kBotChallenge,
  kPaywall,
  kConsentWall,
  kLoginRequired,
  kUnsupportedType,  // PDF, image, JSON, ...
  kTooLittleText,
};

/// The reason as the HTTP contract spells it: "js_required".
[[nodiscard]] const char* reason_of(PageError error) noexcept;

[[nodiscard]] std::error_code make_error_code(PageError error) noexcept;

/// The failure with its public text and reason filled in; `cause` goes to the log.
[[nodiscard]] core::Error page_failure(PageError error, std::string cause = {});

}  // namespace graphrail::page

template <>
struct std::is_error_code_enum<graphrail::page::PageError> : std::true_type {};
