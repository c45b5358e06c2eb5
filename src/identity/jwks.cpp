#include "identity/jwks.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <optional>
#include <utility>

#include "identity/base64url.h"
#include "identity/identity_error.h"
#include "identity/json_object.h"

namespace graphrail::identity {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxKeyIdBytes = 256;

/// The decoded member, empty when it is absent or not base64url.
std::string find_bytes(const json::object& jwk, std::string_view name) {
  const auto text = find_text(jwk, name);
  return text ? decode_base64url(*text).value_or(std::string()) : std::string();
}

/// RFC 7517 sections 4.2 and 4.3: a key that says what it is for is not used for anything else. One
/// whose private half stands beside it proves nothing.
bool may_verify(const json::object& jwk) {
  if (jwk.contains("d") || jwk.contains("k")) return false;
  if (jwk.contains("use") && find_text(jwk, "use") != "sig") return false;
  if (!jwk.contains("key_ops")) return true;
  const auto operations = find_texts(jwk, "key_ops");
  return operations && std::ranges::find(*operations, "verify") != operations->end();
}

/// `alg` is optional (RFC 7517 section 4.4). RFC 9864 gives Ed25519 a name of its own.
bool fits_algorithm(const json::object& jwk, SignatureAlgorithm algorithm) {
  if (!jwk.contains("alg")) return true;
  const auto name = find_text(jwk, "alg");
  if (algorithm == SignatureAlgorithm::kEdDsa && name == "Ed25519") return true;
  return name == algorithm_name(algorithm);
}

std::optional<PublicKey> read_key(const json::object& jwk) {
  const auto type = find_text(jwk, "kty");
  const auto curve = find_text(jwk, "crv");
  if (type == "RSA") return PublicKey::from_rsa(find_bytes(jwk, "n"), find_bytes(jwk, "e"));
  if (type == "EC" && curve == "P-256") {
    return PublicKey::from_p256(find_bytes(jwk, "x"), find_bytes(jwk, "y"));
  }
  if (type == "OKP" && curve == "Ed25519") return PublicKey::from_ed25519(find_bytes(jwk, "x"));
  return std::nullopt;
}

std::optional<VerificationKey> read_verification_key(const json::value& entry) {
  const json::object* jwk = entry.if_object();
  if (jwk == nullptr || !may_verify(*jwk)) return std::nullopt;
  if (jwk->contains("kid") && !find_text(*jwk, "kid")) return std::nullopt;
  std::string id(find_text(*jwk, "kid").value_or(""));
  if (id.size() > kMaxKeyIdBytes) return std::nullopt;
  auto key = read_key(*jwk);
  if (!key || !fits_algorithm(*jwk, key->algorithm())) return std::nullopt;
  return VerificationKey{std::move(id), std::move(*key)};
}

}  // namespace

core::Result<KeySet> KeySet::parse(std::string_view text) {
  if (text.size() > kMaxKeySetBytes) {
    return fail_identity(IdentityError::kMalformedKeySet, "key set: too large");
  }
  const auto object = parse_object(text);
  const json::value* member = object ? object->if_contains("keys") : nullptr;
  const json::array* entries = member != nullptr ? member->if_array() : nullptr;
  if (entries == nullptr || entries->size() > kMaxKeys) {
    return fail_identity(IdentityError::kMalformedKeySet, "key set: no array \"keys\" of 1 to 64");
  }
  KeySet set;
  for (const json::value& entry : *entries) {
    auto key = read_verification_key(entry);
    const auto is_same = [&](const VerificationKey& other) {
      return !key->id.empty() && other.id == key->id &&
             other.key.algorithm() == key->key.algorithm();
    };
    if (key && std::ranges::none_of(set.keys_, is_same)) set.keys_.push_back(std::move(*key));
  }
  if (set.keys_.empty()) {
    return fail_identity(IdentityError::kMalformedKeySet, "key set: no key that can be used");
  }
  return set;
}

core::Result<const VerificationKey*> KeySet::find(SignatureAlgorithm algorithm,
                                                  std::string_view key_id) const {
  const VerificationKey* found = nullptr;
  bool is_known = false;
  for (const VerificationKey& key : keys_) {
    if (!key_id.empty() && key.id != key_id) continue;
    is_known = true;
    if (key.key.algorithm() != algorithm) continue;
    if (found != nullptr) return fail_identity(IdentityError::kKeyIdRequired);
    found = &key;
  }
  if (found != nullptr) return found;
  return fail_identity(is_known && !key_id.empty() ? IdentityError::kAlgorithmMismatch
                                                   : IdentityError::kUnknownKey);
}

}  // namespace graphrail::identity
