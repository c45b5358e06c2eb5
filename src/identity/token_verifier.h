// Answers who a bearer token speaks for. Tokens that were found good are remembered by their
// SHA-256, so that a page of requests with one token costs one signature check; the token itself is
// neither kept nor logged.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>

#include "core/clock.h"
#include "core/result.h"
#include "core/secret.h"
#include "identity/claims.h"
#include "identity/expiring_map.h"
#include "identity/issuer_keys.h"

namespace graphrail::identity {

struct TokenVerifierOptions {
  ClaimRules rules;
  std::size_t max_remembered = 10'000;
  /// Never past the token's own end, and only while the issuer's keys stay the same.
  std::chrono::seconds remembered_for{300};
};

/// Safe from any thread; must outlive the calls under way.
class TokenVerifier {
 public:
  TokenVerifier(std::shared_ptr<IssuerKeys> keys, std::shared_ptr<const core::Clock> clock,
                TokenVerifierOptions options);

  /// Checks form, key, signature and claims. Fails with IdentityError values: kKeysUnavailable
  /// (with seconds to retry after) is the issuer's fault, all others the token's. Good tokens of
  /// the last minutes are answered without suspending.
  boost::asio::awaitable<core::Result<std::shared_ptr<const Claims>>> verify(core::Secret token);

 private:
  using Verified = std::shared_ptr<const Claims>;
  /// The keys a token was checked with: others may have been withdrawn since.
  struct Remembered {
    Verified claims;
    std::weak_ptr<const KeySet> keys;
  };

  [[nodiscard]] Verified recall(const Digest& digest);
  [[nodiscard]] core::Result<Verified> check(const core::Secret& token, const Digest& digest,
                                             const IssuerKeys::Keys& keys);

  std::shared_ptr<IssuerKeys> keys_;
  std::shared_ptr<const core::Clock> clock_;
  TokenVerifierOptions options_;
  ExpiringMap<Remembered> remembered_;
};

}  // namespace graphrail::identity
