// Public keys and the three signature algorithms that are accepted, over OpenSSL's EVP interface.
// Keys are immutable and shared; checks may run on any thread, and leave OpenSSL's error queue as
// empty as TLS code on the same thread expects it.
#pragma once

#include <openssl/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

namespace graphrail::identity {

enum class SignatureAlgorithm : std::uint8_t {
  /// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 section 3.3), modulus of 2048 to 8192 bits.
  kRs256,
  /// ECDSA on P-256 with SHA-256, signature as R and S of 32 bytes each (RFC 7518 section 3.4).
  kEs256,
  /// Ed25519 (RFC 8037 section 3.1).
  kEdDsa,
};

/// "RS256", "ES256", "EdDSA".
[[nodiscard]] std::string_view algorithm_name(SignatureAlgorithm algorithm) noexcept;

class PublicKey {
 public:
  /// Big-endian modulus and exponent. Nothing when too small or large, or the exponent is even, 1
  /// or above 32 bits.
  [[nodiscard]] static std::optional<PublicKey> from_rsa(std::string_view modulus,
                                                         std::string_view exponent);
  /// Coordinates of 32 bytes each; nothing when the point is not on the curve.
  [[nodiscard]] static std::optional<PublicKey> from_p256(std::string_view x, std::string_view y);
  /// 32 bytes (RFC 8032 section 5.1.5).
  [[nodiscard]] static std::optional<PublicKey> from_ed25519(std::string_view x);

  /// The one algorithm this key is for.
  [[nodiscard]] SignatureAlgorithm algorithm() const noexcept { return algorithm_; }

  /// Whether `signature` is one of `message` by this key. 20 to 150 µs.
  [[nodiscard]] bool verify(std::string_view message, std::string_view signature) const;

 private:
  PublicKey(SignatureAlgorithm algorithm, std::shared_ptr<EVP_PKEY> key)
      : algorithm_(algorithm), key_(std::move(key)) {}

  SignatureAlgorithm algorithm_;
  std::shared_ptr<EVP_PKEY> key_;
};

}  // namespace graphrail::identity
