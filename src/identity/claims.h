// What a verified token says about its bearer, and the rules its claims have to meet (RFC 7519
// section 4.1, RFC 8725). Pure.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace graphrail::identity {

struct Claims {
  /// `sub`: 1 to 255 visible ASCII characters without the glob characters * ? [ ] \ and quotes, so
  /// that it can stand in a counter's key.
  std::string subject;
  /// The plan claim; empty when absent or not 1 to 64 visible ASCII characters.
  std::string plan;
  /// Empty when absent or not plausible.
  std::string email;
  /// `exp`, Unix seconds.
  std::int64_t expires_at = 0;

  bool operator==(const Claims&) const = default;
};

struct ClaimRules {
  /// `iss` must be this; empty accepts any.
  std::string issuer;
  /// `aud` must hold one of these; empty accepts any.
  std::vector<std::string> audiences;
  /// `azp` must be one of these; empty accepts any, and none.
  std::vector<std::string> authorized_parties;
  /// Member whose text is the plan. A member of that name wins; else dots walk into objects
  /// ("metadata.plan").
  std::string plan_claim = "plan";
  /// How far the issuer's clock may be off, for `exp`, `nbf` and `iat`.
  std::int64_t leeway_seconds = 10;
};

/// Checks the claims of a token whose signature has been found good. `payload` is the decoded JSON,
/// `now` in Unix seconds. `exp` and `sub` are required; a token lives up to, not including, `exp`
/// plus the leeway. Fails with the IdentityError that fits.
[[nodiscard]] core::Result<Claims> read_claims(std::string_view payload, const ClaimRules& rules,
                                               std::int64_t now);

}  // namespace graphrail::identity
