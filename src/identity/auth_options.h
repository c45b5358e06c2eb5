// From the operator's settings to what the verifier needs: where the issuer's keys are, and which
// claims are asked for. Pure.
#pragma once

#include <optional>
#include <string>
#include <variant>

#include "core/result.h"
#include "identity/claims.h"
#include "net/url.h"

namespace graphrail::identity {

/// Settings as written; empty where not set.
struct AuthSettings {
  /// CLERK_FRONTEND_API: "clerk.example.com"; "https://" and a slash at the end do no harm.
  std::string clerk_frontend_api;
  /// CLERK_AUTHORIZED_PARTY: comma-separated values of `azp`.
  std::string clerk_authorized_party;
  /// AUTH_JWKS_URL: https, or http on this machine; "file:/etc/keys.json" or a path with a slash.
  std::string jwks_url;
  /// AUTH_ISSUER.
  std::string issuer;
  /// AUTH_AUDIENCE: comma-separated, one is enough.
  std::string audience;
  /// Empty for "plan".
  std::string plan_claim;
};

struct AuthOptions {
  /// A URL to ask, or the path of a file.
  std::variant<net::Url, std::string> key_set;
  ClaimRules rules;
};

/// Nothing when neither Clerk nor a key set is named: sign-in is off. AUTH_JWKS_URL goes before
/// Clerk's address; Clerk's issuer is asked for when its keys are used and AUTH_ISSUER is empty.
/// Fails with std::errc::invalid_argument; the public text names the setting.
[[nodiscard]] core::Result<std::optional<AuthOptions>> read_auth_options(
    const AuthSettings& settings);

}  // namespace graphrail::identity
