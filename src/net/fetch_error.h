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
  kInvalidUrl = 1,
  /// Name or address refused, not found, or not answering. One value on purpose.
  kUnreachable,
  /// The TLS handshake failed or the certificate does not fit the name.
  kTlsError,
  /// The deadline of the whole fetch passed.
  kTimeout,
  /// More than five redirects, a loop, or a Location that is not a usable URL.
  kBadRedirect,
  /// The response is not HTTP as RFC 9112 has it (junk lengths, header floods, cut bodies).
  kBadResponse,
  /// A Content-Encoding that is unknown, broken or cut short.
  kBadEncoding,
  /// A status that is neither a page nor one of the kinds below.
  kBadStatus,
  /// 404 or 410, or a page that says so.
  kNotFound,
  /// 403 or 451.
  kBlocked,
  /// The response says of itself that it is a challenge to tell people from programs.
  kBotChallenge,
  /// 402, or a page that shows a teaser only.
  kPaywall,
  /// 401, or a page that is a login form.
  kLoginRequired,
  /// 429, or a Retry-After of this host that has not passed yet.
  kRateLimited,
  /// Any 5xx.
  kUpstreamError,
  /// Media type that holds no text we read.
  kUnsupportedType,
  /// More than the limit of bytes, on the wire or decoded.
  kTooLarge,
  /// A success without a body.
  kEmpty,
  /// robots.txt disallows the path (only when FETCH_ROBOTS is on).
  kRobotsDisallowed,
  /// Too many fetches or look-ups under way.
  kOverloaded,
};

/// How the private cause of a refusal begins: by the address policy, by a connection guard.
inline constexpr std::string_view kRefusedPrefix = "refused: ";
inline constexpr std::string_view kGuardPrefix = "guard: ";

[[nodiscard]] const std::error_category& fetch_category() noexcept;
[[nodiscard]] std::error_code make_error_code(FetchError error) noexcept;

/// The contract's `reason`, e.g. "not_found".
[[nodiscard]] std::string_view reason_name(FetchError error) noexcept;

/// An error with the reason's name and its fixed public text; `cause` is for the log only.
[[nodiscard]] core::Error make_error(FetchError error, std::string cause);

/// True when a rule refused the fetch (address policy, connection guards), false when the network
/// failed. Clients must never learn which; a cache must know, because a refusal is no outage.
[[nodiscard]] bool is_refusal(const core::Error& error) noexcept;

/// The same, ready to be returned from a function with a core::Result.
[[nodiscard]] std::unexpected<core::Error> fail_fetch(FetchError error, std::string cause);

}  // namespace graphrail::net

template <>
struct std::is_error_code_enum<graphrail::net::FetchError> : std::true_type {};
