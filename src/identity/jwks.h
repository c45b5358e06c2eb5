// An issuer's public keys (JSON Web Key Set, RFC 7517): RSA from 2048 bits, EC P-256, OKP Ed25519.
// Pure; a set is immutable and may be shared by threads.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "identity/signature.h"

namespace graphrail::identity {

inline constexpr std::size_t kMaxKeySetBytes = 256 * 1024;
inline constexpr std::size_t kMaxKeys = 64;

struct VerificationKey {
  /// `kid`; empty when the key has none.
  std::string id;
  PublicKey key;
};

class KeySet {
 public:
  /// Reads {"keys":[…]}. Keys that cannot check one of the three algorithms are left out: other
  /// types, curves and algorithms, `use` other than "sig", `key_ops` without "verify", symmetric
  /// keys and ones whose private half is in the set, and repetitions of an id and algorithm. Fails
  /// with kMalformedKeySet when the text is larger than kMaxKeySetBytes, has more than kMaxKeys
  /// entries, is not such a set, or none of its keys is left.
  [[nodiscard]] static core::Result<KeySet> parse(std::string_view json);

  /// The key for a token's header. `key_id` may be empty. Fails with kUnknownKey when no key has
  /// that id (or none fits the algorithm, without an id), kAlgorithmMismatch when the key with that
  /// id is for another one, kKeyIdRequired when there is no id and several keys fit. The pointer is
  /// valid while the set lives.
  [[nodiscard]] core::Result<const VerificationKey*> find(SignatureAlgorithm algorithm,
                                                          std::string_view key_id) const;

  [[nodiscard]] const std::vector<VerificationKey>& keys() const noexcept { return keys_; }

 private:
  std::vector<VerificationKey> keys_;
};

}  // namespace graphrail::identity
