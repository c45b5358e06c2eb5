// Key sets as issuers publish them, with keys in them that must not be used.
#include "identity/jwks.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "identity/base64url.h"
#include "identity/identity_error.h"
#include "support/identity/token_maker.h"

namespace graphrail::identity {
namespace {

namespace json = boost::json;
using test::SigningKey;

const SigningKey& rsa() {
  static const SigningKey key = SigningKey::rsa();
  return key;
}
const SigningKey& ec() {
  static const SigningKey key = SigningKey::ec();
  return key;
}
const SigningKey& ed() {
  static const SigningKey key = SigningKey::ed25519();
  return key;
}

template <class Value>
json::object with(json::object jwk, std::string_view name, const Value& value) {
  jwk[name] = json::value_from(value);
  return jwk;
}

bool is_usable(const json::object& jwk) { return KeySet::parse(test::key_set({jwk})).has_value(); }

TEST(KeySet, TakesTheThreeKindsInOrder) {
  const auto set = KeySet::parse(
      test::key_set({rsa().jwk("r"), ec().jwk("e"), with(ed().jwk("d"), "alg", "Ed25519")}));
  ASSERT_TRUE(set);
  ASSERT_EQ(set->keys().size(), 3U);
  EXPECT_EQ(set->keys()[0].key.algorithm(), SignatureAlgorithm::kRs256);
  EXPECT_EQ(set->keys()[1].key.algorithm(), SignatureAlgorithm::kEs256);
  EXPECT_EQ(set->keys()[2].key.algorithm(), SignatureAlgorithm::kEdDsa);
  EXPECT_EQ(set->keys()[2].id, "d");
}

TEST(KeySet, HeedsWhatAKeyIsFor) {
  EXPECT_TRUE(is_usable(with(rsa().jwk("r"), "use", "sig")));
  EXPECT_FALSE(is_usable(with(rsa().jwk("r"), "use", "enc")));
  EXPECT_FALSE(is_usable(with(rsa().jwk("r"), "use", 1)));
  EXPECT_TRUE(is_usable(with(rsa().jwk("r"), "key_ops", json::array{"verify"})));
  EXPECT_FALSE(is_usable(with(rsa().jwk("r"), "key_ops", json::array{"encrypt"})));
  EXPECT_FALSE(is_usable(with(rsa().jwk("r"), "key_ops", 1)));
  EXPECT_TRUE(is_usable(with(rsa().jwk("r"), "alg", "RS256")));
  for (const char* other : {"RS512", "PS256", "RSA-OAEP", "HS256", "ES256"}) {
    EXPECT_FALSE(is_usable(with(rsa().jwk("r"), "alg", other))) << other;
  }
}

TEST(KeySet, LeavesOutKeysThatProveNothing) {
  EXPECT_FALSE(is_usable({{"kty", "oct"}, {"k", "c2VjcmV0"}, {"kid", "h"}}));
  EXPECT_FALSE(is_usable(with(ed().jwk("d"), "d", "cHJpdmF0ZQ")));
  EXPECT_FALSE(is_usable(SigningKey::rsa(1024).jwk("small")));
  EXPECT_FALSE(is_usable(with(rsa().jwk("r"), "e", "AQ")));
  EXPECT_FALSE(is_usable(with(rsa().jwk("r"), "e", "Ag")));
  EXPECT_FALSE(is_usable(with(rsa().jwk("r"), "e", "AQAAAAE")));
  EXPECT_FALSE(is_usable(with(rsa().jwk("r"), "n", "AQAB")));
  EXPECT_FALSE(is_usable(with(rsa().jwk("r"), "n", test::base64url(std::string(2048, '\xff')))));
  EXPECT_FALSE(is_usable(with(rsa().jwk("r"), "n", nullptr)));
  EXPECT_FALSE(is_usable(with(ec().jwk("e"), "crv", "secp256k1")));
  EXPECT_FALSE(is_usable(with(ec().jwk("e"), "y", ec().jwk("e").at("x"))));
  EXPECT_FALSE(is_usable(with(ec().jwk("e"), "x", test::base64url(std::string(32, '\xff')))));
  EXPECT_FALSE(is_usable(with(ec().jwk("e"), "x", "AAAA")));
  EXPECT_FALSE(is_usable(with(ed().jwk("d"), "crv", "X25519")));
  EXPECT_FALSE(is_usable(with(ed().jwk("d"), "x", "AAAA")));
  EXPECT_FALSE(
      is_usable(with(ed().jwk("d"), "x", std::string(ed().jwk("d").at("x").as_string()) + "=")));
  EXPECT_FALSE(is_usable(with(ed().jwk("d"), "kid", 7)));
  EXPECT_FALSE(is_usable({{"kid", "x"}}));
  const auto set = KeySet::parse(
      test::key_set({{{"kty", "unknown"}}, with(rsa().jwk("r"), "use", "enc"), ed().jwk("d")}));
  ASSERT_TRUE(set);
  EXPECT_EQ(set->keys().size(), 1U);
}

TEST(KeySet, FirstKeyOfAnIdCounts) {
  const SigningKey second = SigningKey::ed25519();
  const auto set = KeySet::parse(test::key_set({ed().jwk("k"), second.jwk("k"), rsa().jwk("k")}));
  ASSERT_TRUE(set);
  ASSERT_EQ(set->keys().size(), 2U);
  const std::string message = "message";
  const auto found = set->find(SignatureAlgorithm::kEdDsa, "k");
  ASSERT_TRUE(found);
  EXPECT_TRUE((*found)->key.verify(message, ed().sign(message)));
  EXPECT_FALSE((*found)->key.verify(message, second.sign(message)));
  EXPECT_TRUE(set->find(SignatureAlgorithm::kRs256, "k"));
}

TEST(KeySet, RefusesWhatIsNoSet) {
  std::string many = test::key_set(std::vector<json::object>(kMaxKeys + 1, ed().jwk("")));
  const std::string good = test::key_set({ed().jwk("d")});
  const std::vector<std::string> bad = {"",
                                        "null",
                                        "[]",
                                        "{}",
                                        R"({"keys":{}})",
                                        R"({"keys":[]})",
                                        R"({"keys":[1,"a",null]})",
                                        "<html>not found</html>",
                                        R"({"keys":[],"keys":[]})",
                                        good + "x",
                                        many,
                                        good + std::string(kMaxKeySetBytes, ' ')};
  for (const std::string& text : bad) {
    const auto set = KeySet::parse(text);
    ASSERT_FALSE(set) << text.substr(0, 60);
    EXPECT_TRUE(set.error().is(IdentityError::kMalformedKeySet));
  }
}

TEST(Base64Url, ReadsOneSpellingOnly) {
  EXPECT_EQ(decode_base64url(""), "");
  EXPECT_EQ(decode_base64url("Zg"), "f");
  EXPECT_EQ(decode_base64url("Zm8"), "fo");
  EXPECT_EQ(decode_base64url("Zm9v"), "foo");
  EXPECT_EQ(decode_base64url("-_8"), "\xfb\xff");
  for (const char* bad :
       {"Z", "Zh", "Zm9", "Zg==", "+/8", "Zm 9", "Zm9v\n", "Zm9vY", "Zm9=", "é"}) {
    EXPECT_FALSE(decode_base64url(bad)) << bad;
  }
  for (const std::string_view bytes : {"", "f", "fo", "foo", "foob"}) {
    EXPECT_EQ(encode_base64url(bytes), test::base64url(bytes));
  }
}

}  // namespace
}  // namespace graphrail::identity
