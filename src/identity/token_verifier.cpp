#include "identity/token_verifier.h"

#include <openssl/evp.h>

#include <algorithm>
#include <stdexcept>
#include <string_view>
#include <utility>

#include "identity/identity_error.h"
#include "identity/jwt.h"

namespace graphrail::identity {
namespace {

Digest sha256(std::string_view text) {
  // Looking the algorithm up by name each time costs more than hashing a token.
  static const std::unique_ptr<EVP_MD, decltype([](EVP_MD* md) { EVP_MD_free(md); })> algorithm(
      EVP_MD_fetch(nullptr, "SHA256", nullptr));
  Digest digest{};
  unsigned size = 0;
  if (EVP_Digest(text.data(), text.size(), digest.data(), &size, algorithm.get(), nullptr) != 1 ||
      size != digest.size()) {
    throw std::runtime_error("SHA-256 failed");
  }
  return digest;
}

}  // namespace

TokenVerifier::TokenVerifier(std::shared_ptr<IssuerKeys> keys,
                             std::shared_ptr<const core::Clock> clock, TokenVerifierOptions options)
    : keys_(std::move(keys)),
      clock_(std::move(clock)),
      options_(std::move(options)),
      remembered_(options_.max_remembered) {}

boost::asio::awaitable<core::Result<TokenVerifier::Verified>> TokenVerifier::verify(
    core::Secret token) {
  const Digest digest = sha256(token.reveal());
  if (Verified claims = recall(digest)) co_return claims;
  // Junk is refused before the issuer is asked for anything.
  if (const auto parsed = parse_token(token.reveal()); !parsed)
    co_return core::fail(parsed.error());
  auto asking = keys_->current();
  core::Result<IssuerKeys::Keys> keys = co_await std::move(asking);
  if (!keys) co_return core::fail(std::move(keys.error()));
  core::Result<Verified> claims = check(token, digest, *keys);
  if (claims || !claims.error().is(IdentityError::kUnknownKey)) co_return claims;
  auto renewing = keys_->renewed();
  keys = co_await std::move(renewing);
  if (!keys) co_return core::fail(std::move(keys.error()));
  co_return check(token, digest, *keys);
}

TokenVerifier::Verified TokenVerifier::recall(const Digest& digest) {
  const auto found = remembered_.find(digest, clock_->unix_seconds());
  if (!found || found->keys.lock() != keys_->known()) return nullptr;
  return found->claims;
}

core::Result<TokenVerifier::Verified> TokenVerifier::check(const core::Secret& token,
                                                           const Digest& digest,
                                                           const IssuerKeys::Keys& keys) {
  const auto parsed = parse_token(token.reveal());
  if (!parsed) return core::fail(parsed.error());
  const std::int64_t now = clock_->unix_seconds();
  auto claims = verify_token(*parsed, *keys, options_.rules, now);
  if (!claims) return core::fail(std::move(claims.error()));
  const std::int64_t expires_at = std::min(claims->expires_at + options_.rules.leeway_seconds,
                                           now + options_.remembered_for.count());
  auto verified = std::make_shared<const Claims>(std::move(*claims));
  remembered_.put(digest, {verified, keys}, expires_at);
  return verified;
}

}  // namespace graphrail::identity
