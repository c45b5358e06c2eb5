// What can be wrong with a caller's papers: a bearer token, the keys it is checked against, an own
// key. Every text here is safe to show; none repeats a byte of a token or key.
#pragma once

#include <string>
#include <string_view>
#include <system_error>

#include "core/result.h"

namespace graphrail::identity {

enum class IdentityError {
  /// Not a signed token in compact form, or a header or claim set that is not sound JSON.
  kMalformedToken = 1,
  /// Longer than kMaxTokenBytes.
  kTokenTooLarge,
  /// The header asks for something that is never done: no signature, HMAC, extensions.
  kUnsupportedToken,
  /// The header's algorithm is not the one its key is for.
  kAlgorithmMismatch,
  /// No key of the issuer has this id.
  kUnknownKey,
  /// The header names no key and several would fit.
  kKeyIdRequired,
  kBadSignature,
  kExpired,
  /// `nbf` or `iat` lies in the future.
  kNotYetValid,
  kWrongIssuer,
  kWrongAudience,
  /// `azp` is missing or not one of the authorized parties.
  kWrongParty,
  /// A claim is missing or has no usable value.
  kBadClaim,
  /// A token came, but no issuer is configured.
  kSignInOff,
  /// The issuer's keys cannot be had at the moment: 503, all others are 401.
  kKeysUnavailable,
  /// The issuer's answer is no key set, or none of its keys can be used.
  kMalformedKeySet,
  /// X-OpenAI-Key does not look like a key.
  kMalformedOwnKey,
  /// The model server refused this key a moment ago.
  kOwnKeyRefused,
  /// The account behind the key has no money left.
  kOwnKeyWithoutCredit,
  /// This server takes no keys of its users.
  kOwnKeysOff,
};

[[nodiscard]] std::error_code make_error_code(IdentityError error) noexcept;

/// One word for machines ("expired", "wrong_audience").
[[nodiscard]] std::string_view reason_of(IdentityError error) noexcept;

/// An error with the public text that belongs to it; `cause` is for the log and must not quote the
/// token or key.
[[nodiscard]] core::Error identity_error(IdentityError error, std::string cause = {});

/// Shorthand for `return fail_identity(IdentityError::kExpired, "exp 12 s ago")`.
[[nodiscard]] std::unexpected<core::Error> fail_identity(IdentityError error,
                                                         std::string cause = {});

}  // namespace graphrail::identity

template <>
struct std::is_error_code_enum<graphrail::identity::IdentityError> : std::true_type {};
