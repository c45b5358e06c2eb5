// Bearer tokens: signed JSON Web Tokens in compact form (RFC 7515, RFC 7519), checked as RFC 8725
// advises. The key decides the algorithm; the header may only agree. Pure, safe from any thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/secret.h"
#include "identity/claims.h"
#include "identity/jwks.h"

namespace graphrail::identity {

inline constexpr std::size_t kMaxTokenBytes = 8 * 1024;

/// The token in the values of all Authorization lines: none without a line. The scheme is "Bearer"
/// in any case (RFC 6750 section 2.1). Fails with kMalformedToken for several lines, another scheme
/// or an empty token, with kTokenTooLarge above kMaxTokenBytes: who shows a bad paper is not
/// anonymous.
[[nodiscard]] core::Result<std::optional<core::Secret>> read_bearer_token(
    std::span<const std::string_view> authorization);

/// A token taken apart, nothing in it checked yet but the header's form.
struct UnverifiedToken {
  SignatureAlgorithm algorithm = SignatureAlgorithm::kRs256;
  /// `kid`; empty when there is none.
  std::string key_id;
  /// The bytes that were signed; a view into the token.
  std::string_view signed_part;
  /// Decoded.
  std::string payload;
  std::string signature;
};

/// Splits a token and reads its header. Fails with kTokenTooLarge, kMalformedToken (not three parts
/// of strict base64url, header no JSON object or with a name twice) or kUnsupportedToken (`alg` not
/// RS256, ES256 or EdDSA; `crit`, `b64` or `enc`; `typ` other than JWT and at+jwt). Members that
/// name keys by address or value (`jku`, `jwk`, `x5u`, `x5c`) are ignored.
[[nodiscard]] core::Result<UnverifiedToken> parse_token(std::string_view token);

/// Checks signature, then claims, with the key that parse_token's header names.
[[nodiscard]] core::Result<Claims> verify_token(const UnverifiedToken& token, const KeySet& keys,
                                                const ClaimRules& rules, std::int64_t now);

}  // namespace graphrail::identity
