// Makes keys, key sets and signed tokens, good and bad ones: the issuer's side, written against
// OpenSSL's EVP interface and sharing no code with the room under test.
#pragma once

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <boost/json.hpp>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace graphrail::test {

/// Base64 (RFC 4648 section 5) by OpenSSL, padding taken off.
inline std::string base64url(std::string_view bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int size = EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                                   reinterpret_cast<const unsigned char*>(bytes.data()),
                                   static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  for (char& c : text) {
    if (c == '+') c = '-';
    if (c == '/') c = '_';
  }
  while (text.ends_with('=')) text.pop_back();
  return text;
}

/// A private key and the JWK of its public half.
class SigningKey {
 public:
  static SigningKey rsa(unsigned bits = 2048) {
    return {EVP_PKEY_Q_keygen(nullptr, nullptr, "RSA", static_cast<std::size_t>(bits)), "RS256"};
  }
  static SigningKey ec(const char* curve = "P-256") {
    return {EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve), "ES256"};
  }
  static SigningKey ed25519() { return {EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), "EdDSA"}; }

  [[nodiscard]] const std::string& algorithm() const { return algorithm_; }

  /// {"kty":…} with "kid" when it is not empty.
  [[nodiscard]] boost::json::object jwk(std::string_view key_id) const {
    boost::json::object jwk;
    if (algorithm_ == "RS256") {
      jwk = {{"kty", "RSA"},
             {"n", base64url(number(OSSL_PKEY_PARAM_RSA_N))},
             {"e", base64url(number(OSSL_PKEY_PARAM_RSA_E))}};
    } else if (algorithm_ == "ES256") {
      jwk = {{"kty", "EC"},
             {"crv", "P-256"},
             {"x", base64url(number(OSSL_PKEY_PARAM_EC_PUB_X, 32))},
             {"y", base64url(number(OSSL_PKEY_PARAM_EC_PUB_Y, 32))}};
    } else {
      std::string raw(32, '\0');
      std::size_t size = raw.size();
      require(EVP_PKEY_get_raw_public_key(key_.get(), bytes(raw), &size) == 1);
      jwk = {{"kty", "OKP"}, {"crv", "Ed25519"}, {"x", base64url(raw)}};
    }
    if (!key_id.empty()) jwk["kid"] = key_id;
    return jwk;
  }

  /// As OpenSSL writes it: ECDSA in DER.
  [[nodiscard]] std::string sign_der(std::string_view message) const {
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          EVP_MD_CTX_free);
    const EVP_MD* digest = algorithm_ == "EdDSA" ? nullptr : EVP_sha256();
    require(EVP_DigestSignInit(context.get(), nullptr, digest, nullptr, key_.get()) == 1);
    std::size_t size = 0;
    const auto* text = reinterpret_cast<const unsigned char*>(message.data());
    require(EVP_DigestSign(context.get(), nullptr, &size, text, message.size()) == 1);
    std::string signature(size, '\0');
    require(EVP_DigestSign(context.get(), bytes(signature), &size, text, message.size()) == 1);
    signature.resize(size);
    return signature;
  }

  /// As JOSE wants it: ECDSA as R and S of 32 bytes.
  [[nodiscard]] std::string sign(std::string_view message) const {
    const std::string der = sign_der(message);
    if (algorithm_ != "ES256") return der;
    const auto* begin = reinterpret_cast<const unsigned char*>(der.data());
    const std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)> parts(
        d2i_ECDSA_SIG(nullptr, &begin, static_cast<long>(der.size())), ECDSA_SIG_free);
    require(parts != nullptr);
    std::string raw(64, '\0');
    require(BN_bn2binpad(ECDSA_SIG_get0_r(parts.get()), bytes(raw), 32) == 32);
    require(BN_bn2binpad(ECDSA_SIG_get0_s(parts.get()), bytes(raw) + 32, 32) == 32);
    return raw;
  }

 private:
  SigningKey(EVP_PKEY* key, std::string algorithm)
      : key_(key, EVP_PKEY_free), algorithm_(std::move(algorithm)) {
    require(key != nullptr);
  }

  static void require(bool ok) {
    if (!ok) throw std::runtime_error("token maker: OpenSSL failed");
  }
  static unsigned char* bytes(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
  }
  /// Big-endian; padded to `size` bytes when it is not 0.
  [[nodiscard]] std::string number(const char* name, int size = 0) const {
    BIGNUM* raw = nullptr;
    require(EVP_PKEY_get_bn_param(key_.get(), name, &raw) == 1);
    const std::unique_ptr<BIGNUM, decltype(&BN_free)> value(raw, BN_free);
    std::string out(static_cast<std::size_t>(size == 0 ? BN_num_bytes(raw) : size), '\0');
    require(BN_bn2binpad(raw, bytes(out), static_cast<int>(out.size())) >= 0);
    return out;
  }

  std::shared_ptr<EVP_PKEY> key_;
  std::string algorithm_;
};

/// {"keys":[…]}
inline std::string key_set(const std::vector<boost::json::object>& jwks) {
  return boost::json::serialize(
      boost::json::object{{"keys", boost::json::array(jwks.begin(), jwks.end())}});
}

/// The first two parts, from texts that need not be JSON.
inline std::string signed_part(std::string_view header, std::string_view claims) {
  return base64url(header) + "." + base64url(claims);
}

/// A token from texts that need not be JSON.
inline std::string make_raw_token(const SigningKey& key, std::string_view header,
                                  std::string_view claims) {
  const std::string message = signed_part(header, claims);
  return message + "." + base64url(key.sign(message));
}

/// A token whose header says what the key is.
inline std::string make_token(const SigningKey& key, std::string_view key_id,
                              const boost::json::object& claims) {
  boost::json::object header{{"alg", key.algorithm()}, {"typ", "JWT"}};
  if (!key_id.empty()) header["kid"] = key_id;
  return make_raw_token(key, boost::json::serialize(header), boost::json::serialize(claims));
}

/// HMAC-SHA256 over the first two parts, as a forger with the public key would do it.
inline std::string make_hmac_token(std::string_view secret, std::string_view header,
                                   std::string_view claims) {
  const std::string message = signed_part(header, claims);
  std::array<unsigned char, 32> mac{};
  unsigned size = 0;
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), mac.data(), &size);
  return message + "." +
         base64url(std::string_view(reinterpret_cast<const char*>(mac.data()), mac.size()));
}

}  // namespace graphrail::test
