// Why a page could not be fetched or read. The names are the `reason` values of the HTTP contract.
// Refusals by the address policy and failed look-ups share one value and one text, so that a
// caller cannot map the internal network by comparing answers; the log and the receipts differ.
#pragma once

#include <string>
#include <string_view>
#include <system_error>

#include "core/error.h"
#include "core/result.h"

namespace graphrail::net {

enum class FetchError {
  /// Not an absolute https URL with a plain host and port 443.
  invalid_url = 1,
  /// Name or address refused, not found, or not answering. One value on purpose.
  unreachable,
  /// The TLS handshake failed or the certificate does not fit the name.
  tls_error,
  /// The deadline of the whole fetch passed.
  timeout,
  /// More than five redirects, a loop, or a Location that is not a usable URL.
  bad_redirect,
  /// The response is not HTTP as RFC 9112 has it (junk lengths, header floods, cut bodies).
  bad_response,
  /// A Content-Encoding that is unknown, broken or cut short.
  bad_encoding,
  /// A status that is neither a page nor one of the kinds below.
  bad_status,
  /// 404 or 410, or a page that says so.
  not_found,
  /// 403 or 451.
  blocked,
  /// 402, or a page that shows a teaser only.
  paywall,
  /// 401, or a page that is a login form.
  login_required,
  /// 429, or a Retry-After of this host that has not passed yet.
  rate_limited,
  /// Any 5xx.
  upstream_error,
  /// Media type that holds no text we read.
  unsupported_type,
  /// More than the limit of bytes, on the wire or decoded.
  too_large,
  /// A success without a body.
  empty,
  /// robots.txt disallows the path (only when FETCH_ROBOTS is on).
  robots_disallowed,
  /// Too many fetches or look-ups under way.
  overloaded,
};

[[nodiscard]] const std::error_category& fetch_category() noexcept;
[[nodiscard]] std::error_code make_error_code(FetchError error) noexcept;

/// The contract's `reason`, e.g. "not_found".
[[nodiscard]] std::string_view reason_name(FetchError error) noexcept;

/// An error with the reason's name and its fixed public text; `cause` is for the log only.
[[nodiscard]] core::Error make_error(FetchError error, std::string cause);

/// The same, ready to be returned from a function with a core::Result.
[[nodiscard]] std::unexpected<core::Error> fail_fetch(FetchError error, std::string cause);

}  // namespace graphrail::net

template <>
struct std::is_error_code_enum<graphrail::net::FetchError> : std::true_type {};
