// The middlewares of the guard: who is calling, and how often. They look at the routes below /api
// and pass everything else on. Safe to share between I/O threads.
#pragma once

#include <memory>

#include "http/middleware.h"
#include "identity/token_verifier.h"
#include "identity/trusted_proxies.h"
#include "observe/metrics.h"
#include "quota/burst_limiter.h"

namespace graphrail::api {

/// The fields of a request that hold secrets; http::ServerOptions::secret_fields.
[[nodiscard]] std::vector<std::string> secret_request_fields();

struct IdentificationParts {
  identity::TrustedProxies proxies;
  /// Null where nobody can sign in: a token is then refused.
  std::shared_ptr<identity::TokenVerifier> verifier;
  /// Counts refused tokens and keys by address; null for no limit.
  std::shared_ptr<quota::BurstLimiter> refusals;
  /// Everybody is the user "dev", tokens are not looked at. Development only.
  bool skips_auth = false;
};

/// Leaves a Caller with the client's address at the request.
[[nodiscard]] std::shared_ptr<http::Middleware> make_address_middleware(
    identity::TrustedProxies proxies);

/// Completes the Caller that the address middleware left. A bad token or a malformed own key is
/// answered with 401, never taken for an anonymous caller; 503 when the token cannot be checked;
/// 429 `abuse` instead of 401 after too many of them.
[[nodiscard]] std::shared_ptr<http::Middleware> make_identify_middleware(
    IdentificationParts parts, std::shared_ptr<observe::Metrics> metrics);

/// 429 `burst` for addresses that send more than the limiter's policy allows. A null limiter lets
/// everything through.
[[nodiscard]] std::shared_ptr<http::Middleware> make_burst_middleware(
    std::shared_ptr<quota::BurstLimiter> limiter, quota::BurstPolicy policy,
    std::shared_ptr<observe::Metrics> metrics);

}  // namespace graphrail::api
