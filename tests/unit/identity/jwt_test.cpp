// Tokens as good and bad issuers, and forgers, make them.
#include "identity/jwt.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "identity/identity_error.h"
#include "support/identity/token_maker.h"

namespace graphrail::identity {
namespace {

namespace json = boost::json;
using test::make_raw_token;
using test::make_token;
using test::SigningKey;

constexpr std::int64_t kNow = 1'800'000'000;
constexpr std::string_view kIssuer = "https://issuer.example";

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
const SigningKey& stranger() {
  static const SigningKey key = SigningKey::rsa();
  return key;
}

const KeySet& keys() {
  static const KeySet set =
      *KeySet::parse(test::key_set({rsa().jwk("r1"), ec().jwk("e1"), ed().jwk("d1")}));
  return set;
}

json::object good_claims() {
  return {{"sub", "user_2abc"}, {"iss", kIssuer},   {"aud", "graphrail"}, {"azp", "https://app"},
          {"exp", kNow + 60},   {"nbf", kNow - 60}, {"iat", kNow - 60}};
}

/// good_claims with one member changed.
template <class Value>
json::object with(std::string_view name, const Value& value) {
  json::object claims = good_claims();
  claims[name] = json::value_from(value);
  return claims;
}
json::object without(std::string_view name) {
  json::object claims = good_claims();
  claims.erase(name);
  return claims;
}

ClaimRules rules() {
  return {.issuer = std::string(kIssuer),
          .audiences = {"graphrail", "other"},
          .authorized_parties = {"https://app"}};
}

/// "ok", or the name of the error.
std::string outcome(const core::Result<Claims>& result) {
  static const std::vector<std::pair<IdentityError, std::string>> kNames = {
      {IdentityError::kMalformedToken, "malformed"},
      {IdentityError::kTokenTooLarge, "too large"},
      {IdentityError::kUnsupportedToken, "unsupported"},
      {IdentityError::kAlgorithmMismatch, "algorithm mismatch"},
      {IdentityError::kUnknownKey, "unknown key"},
      {IdentityError::kKeyIdRequired, "key id required"},
      {IdentityError::kBadSignature, "bad signature"},
      {IdentityError::kExpired, "expired"},
      {IdentityError::kNotYetValid, "not yet valid"},
      {IdentityError::kWrongIssuer, "wrong issuer"},
      {IdentityError::kWrongAudience, "wrong audience"},
      {IdentityError::kWrongParty, "wrong party"},
      {IdentityError::kBadClaim, "bad claim"},
  };
  if (result) return "ok";
  for (const auto& [error, name] : kNames) {
    if (result.error().is(error)) return name;
  }
  return "other error";
}

core::Result<Claims> verify(std::string_view token, const KeySet& set, const ClaimRules& how) {
  const auto parsed = parse_token(token);
  if (!parsed) return core::fail(parsed.error());
  return verify_token(*parsed, set, how, kNow);
}

struct TokenCase {
  std::string_view name;
  std::string token;
  std::string_view expected;
};

void check(const std::vector<TokenCase>& cases) {
  for (const TokenCase& c : cases) {
    EXPECT_EQ(outcome(verify(c.token, keys(), rules())), c.expected) << c.name;
  }
}

void check_claims(std::string_view name, const json::object& claims, std::string_view expected) {
  EXPECT_EQ(outcome(verify(make_token(ed(), "d1", claims), keys(), rules())), expected) << name;
}

std::string header(std::string_view algorithm, std::string_view key_id) {
  return json::serialize(json::object{{"alg", algorithm}, {"kid", key_id}});
}

TEST(Jwt, AcceptsTheThreeAlgorithms) {
  check({
      {"RS256", make_token(rsa(), "r1", good_claims()), "ok"},
      {"ES256", make_token(ec(), "e1", good_claims()), "ok"},
      {"EdDSA", make_token(ed(), "d1", good_claims()), "ok"},
      {"EdDSA by its newer name",
       make_raw_token(ed(), header("Ed25519", "d1"), json::serialize(good_claims())), "ok"},
      {"no kid, one key fits", make_token(ec(), "", good_claims()), "ok"},
      {"access token type",
       make_raw_token(ed(), R"({"alg":"EdDSA","kid":"d1","typ":"application/AT+jwt"})",
                      json::serialize(good_claims())),
       "ok"},
      {"members that name keys are ignored",
       make_raw_token(ed(),
                      R"({"alg":"EdDSA","kid":"d1","jku":"https://evil","jwk":{"kty":"oct"}})",
                      json::serialize(good_claims())),
       "ok"},
  });
}

TEST(Jwt, ClaimsComeOut) {
  json::object claims = good_claims();
  claims["plan"] = "pro";
  claims["email"] = "ada@example.com";
  claims["metadata"] = json::object{{"plan", "team"}};
  const std::string token = make_token(rsa(), "r1", claims);
  const auto read = verify(token, keys(), rules());
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, (Claims{"user_2abc", "pro", "ada@example.com", kNow + 60}));
  ClaimRules nested = rules();
  nested.plan_claim = "metadata.plan";
  EXPECT_EQ(verify(token, keys(), nested)->plan, "team");
  nested.plan_claim = "metadata.other";
  EXPECT_EQ(verify(token, keys(), nested)->plan, "");
  nested.plan_claim = "https://example.com/plan";
  claims["https://example.com/plan"] = "namespaced";
  EXPECT_EQ(verify(make_token(rsa(), "r1", claims), keys(), nested)->plan, "namespaced");
}

TEST(Jwt, UnusablePlanAndEmailAreLeftOut) {
  json::object claims = good_claims();
  claims["plan"] = json::array{"pro"};
  claims["email"] = "not an address";
  auto read = verify(make_token(ed(), "d1", claims), keys(), rules());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->plan + read->email, "");
  claims["plan"] = std::string(65, 'p');
  claims["email"] = std::string(250, 'e') + "@example.com";
  read = verify(make_token(ed(), "d1", claims), keys(), rules());
  EXPECT_EQ(read->plan + read->email, "");
}

TEST(Jwt, TimesWithLeewayOfTenSeconds) {
  check_claims("expired long ago", with("exp", kNow - 3'600), "expired");
  check_claims("expired, last second of the leeway", with("exp", kNow - 9), "ok");
  check_claims("expired, leeway over", with("exp", kNow - 10), "expired");
  check_claims("no exp", without("exp"), "bad claim");
  check_claims("exp as text", with("exp", std::to_string(kNow + 60)), "bad claim");
  check_claims("exp negative", with("exp", -1), "bad claim");
  check_claims("exp beyond the calendar", with("exp", 1e300), "bad claim");
  check_claims("exp null", with("exp", nullptr), "bad claim");
  check_claims("exp with a fraction", with("exp", static_cast<double>(kNow) + 0.5), "ok");
  check_claims("nbf in an hour", with("nbf", kNow + 3'600), "not yet valid");
  check_claims("nbf at the leeway's end", with("nbf", kNow + 10), "ok");
  check_claims("nbf past the leeway", with("nbf", kNow + 11), "not yet valid");
  check_claims("no nbf", without("nbf"), "ok");
  check_claims("nbf as text", with("nbf", "soon"), "bad claim");
  check_claims("iat in the future", with("iat", kNow + 11), "not yet valid");
  check_claims("no iat", without("iat"), "ok");
  check_claims("iat no number", with("iat", true), "bad claim");
}

TEST(Jwt, IssuerAudienceAndParty) {
  check_claims("other issuer", with("iss", "https://evil.example"), "wrong issuer");
  check_claims("issuer with a slash more", with("iss", "https://issuer.example/"), "wrong issuer");
  check_claims("no issuer", without("iss"), "wrong issuer");
  check_claims("issuer as array", with("iss", json::array{kIssuer}), "wrong issuer");
  check_claims("other audience", with("aud", "billing"), "wrong audience");
  check_claims("no audience", without("aud"), "wrong audience");
  check_claims("audience array", with("aud", json::array{"billing", "other"}), "ok");
  check_claims("audience array of others", with("aud", json::array{"billing"}), "wrong audience");
  check_claims("audience array with a number", with("aud", json::array{"graphrail", 1}),
               "wrong audience");
  check_claims("audience array, empty", with("aud", json::array()), "wrong audience");
  check_claims("other party", with("azp", "https://evil"), "wrong party");
  check_claims("no party", without("azp"), "wrong party");
  check_claims("party as array", with("azp", json::array{"https://app"}), "wrong party");
  const std::string bare = make_token(ed(), "d1", {{"sub", "u"}, {"exp", kNow + 60}});
  EXPECT_EQ(outcome(verify(bare, keys(), ClaimRules())), "ok");
}

TEST(Jwt, Subjects) {
  check_claims("none", without("sub"), "bad claim");
  check_claims("empty", with("sub", ""), "bad claim");
  check_claims("number", with("sub", 7), "bad claim");
  check_claims("255 bytes", with("sub", std::string(255, 's')), "ok");
  check_claims("256 bytes", with("sub", std::string(256, 's')), "bad claim");
  check_claims("space", with("sub", "a b"), "bad claim");
  check_claims("line break", with("sub", "a\nb"), "bad claim");
  check_claims("glob", with("sub", "user*"), "bad claim");
  check_claims("not ASCII", with("sub", "us\u00e9r"), "bad claim");
  check_claims("of common issuers", with("sub", "google-oauth2|1234:a@b.example/x"), "ok");
}

TEST(Jwt, KeysAndAlgorithms) {
  const std::string claims = json::serialize(good_claims());
  const std::string public_key = json::serialize(rsa().jwk("r1"));
  check({
      {"unknown kid", make_token(rsa(), "r2", good_claims()), "unknown key"},
      {"stranger's key under a known kid", make_token(stranger(), "r1", good_claims()),
       "bad signature"},
      {"alg none, no signature", test::signed_part(R"({"alg":"none"})", claims) + ".",
       "unsupported"},
      {"alg None", test::signed_part(R"({"alg":"None","kid":"r1"})", claims) + ".", "unsupported"},
      {"alg empty", make_raw_token(rsa(), header("", "r1"), claims), "unsupported"},
      {"alg missing", make_raw_token(rsa(), R"({"kid":"r1"})", claims), "malformed"},
      {"alg a number", make_raw_token(rsa(), R"({"alg":256,"kid":"r1"})", claims), "malformed"},
      {"alg in small letters", make_raw_token(rsa(), header("rs256", "r1"), claims), "unsupported"},
      {"HMAC with the public key", test::make_hmac_token(public_key, header("HS256", "r1"), claims),
       "unsupported"},
      {"HMAC under the name RS256",
       test::make_hmac_token(public_key, header("RS256", "r1"), claims), "bad signature"},
      {"RS512", make_raw_token(rsa(), header("RS512", "r1"), claims), "unsupported"},
      {"PS256", make_raw_token(rsa(), header("PS256", "r1"), claims), "unsupported"},
      {"ES256 with the RSA kid", make_raw_token(ec(), header("ES256", "r1"), claims),
       "algorithm mismatch"},
      {"RS256 with the EC kid", make_raw_token(rsa(), header("RS256", "e1"), claims),
       "algorithm mismatch"},
      {"kid a number", make_raw_token(rsa(), R"({"alg":"RS256","kid":1})", claims), "malformed"},
      {"kid empty", make_raw_token(rsa(), header("RS256", ""), claims), "malformed"},
      {"kid too long", make_raw_token(rsa(), header("RS256", std::string(257, 'k')), claims),
       "malformed"},
      {"logout token", make_raw_token(ed(), R"({"alg":"EdDSA","typ":"logout+jwt"})", claims),
       "unsupported"},
  });
  const KeySet two = *KeySet::parse(test::key_set({rsa().jwk("a"), stranger().jwk("b")}));
  EXPECT_EQ(outcome(verify(make_token(rsa(), "", good_claims()), two, rules())), "key id required");
  EXPECT_EQ(outcome(verify(make_token(rsa(), "a", good_claims()), two, rules())), "ok");
  EXPECT_EQ(outcome(verify(make_token(ed(), "", good_claims()), two, rules())), "unknown key");
}

TEST(Jwt, Signatures) {
  const std::string claims = json::serialize(good_claims());
  const std::string good = make_token(ec(), "e1", good_claims());
  const std::string message = good.substr(0, good.rfind('.'));
  const auto signed_with = [&](std::string_view bytes) {
    return message + "." + test::base64url(bytes);
  };
  const std::string other =
      test::signed_part(header("ES256", "e1"), json::serialize(with("sub", "admin")));
  const std::string rs_message = test::signed_part(header("RS256", "r1"), claims);
  check({
      {"DER instead of R and S", signed_with(ec().sign_der(message)), "bad signature"},
      {"R and S of zero", signed_with(std::string(64, '\0')), "bad signature"},
      {"a byte short", signed_with(ec().sign(message).substr(1)), "bad signature"},
      {"a byte long", signed_with(ec().sign(message) + '\0'), "bad signature"},
      {"none", message + ".", "bad signature"},
      {"of another message", other + good.substr(good.rfind('.')), "bad signature"},
      {"RSA cut", rs_message + "." + test::base64url(rsa().sign(rs_message).substr(4)),
       "bad signature"},
      {"RSA of zeros", rs_message + "." + test::base64url(std::string(256, '\0')), "bad signature"},
      {"EdDSA of zeros",
       test::signed_part(header("EdDSA", "d1"), claims) + "." +
           test::base64url(std::string(64, '\0')),
       "bad signature"},
  });
}

TEST(Jwt, Forms) {
  const std::string good = make_token(ed(), "d1", good_claims());
  const std::string claims = json::serialize(good_claims());
  const auto raw = [&](std::string_view head) { return make_raw_token(ed(), head, claims); };
  const auto body = [&](std::string_view text) {
    return make_raw_token(ed(), header("EdDSA", "d1"), text);
  };
  const std::string deep = std::string(40, '[') + std::string(40, ']');
  check({
      {"empty", "", "malformed"},
      {"one part", "abc", "malformed"},
      {"two parts", good.substr(0, good.rfind('.')), "malformed"},
      {"four parts", good + ".x", "malformed"},
      {"five parts, encrypted", "e30.e30.e30.e30.e30", "malformed"},
      {"dots only", "..", "malformed"},
      {"padded", good + "==", "malformed"},
      {"base64 of the other alphabet", "ey+/" + good, "malformed"},
      {"white space inside", good.substr(0, 9) + " " + good.substr(9), "malformed"},
      {"line break at the end", good + "\n", "malformed"},
      {"bits left over", good.substr(0, good.size() - 1) + "_", "malformed"},
      {"oversized", make_token(ed(), "d1", with("x", std::string(9'000, 'x'))), "too large"},
      {"header not JSON", raw("{alg:EdDSA}"), "malformed"},
      {"header an array", raw(R"(["EdDSA"])"), "malformed"},
      {"header goes on", raw(R"({"alg":"EdDSA","kid":"d1"}{})"), "malformed"},
      {"header with a name twice", raw(R"({"alg":"EdDSA","kid":"d1","alg":"EdDSA"})"), "malformed"},
      {"header not UTF-8", raw("{\"alg\":\"EdDSA\",\"x\":\"\xff\"}"), "malformed"},
      {"crit", raw(R"({"alg":"EdDSA","kid":"d1","crit":["exp"]})"), "unsupported"},
      {"crit empty", raw(R"({"alg":"EdDSA","kid":"d1","crit":[]})"), "unsupported"},
      {"b64", raw(R"({"alg":"EdDSA","kid":"d1","b64":false})"), "unsupported"},
      {"claims not JSON", body("sub=x"), "malformed"},
      {"claims empty", body(""), "malformed"},
      {"claims an array", body("[]"), "malformed"},
      {"claims go on", body(claims + "x"), "malformed"},
      {"sub twice", body(R"({"sub":"user","exp":1800000060,"sub":"admin"})"), "malformed"},
      {"sub twice, once escaped", body("{\"sub\":\"user\",\"exp\":1800000060,\"\\u0073ub\":\"x\"}"),
       "malformed"},
      {"a name twice further in", body(R"({"sub":"u","exp":1800000060,"m":[{"a":1,"a":2}]})"),
       "malformed"},
      {"too deep", body(R"({"sub":"u","exp":1800000060,"m":)" + deep + "}"), "malformed"},
  });
}

TEST(BearerToken, IsReadOrRefusedNeverIgnored) {
  const auto read = [](std::vector<std::string_view> lines) { return read_bearer_token(lines); };
  EXPECT_FALSE(read({})->has_value());
  EXPECT_EQ((*read({"Bearer abc"}))->reveal(), "abc");
  EXPECT_EQ((*read({"bEARER   abc "}))->reveal(), "abc");
  for (const std::string_view bad : {"", "Bearer", "Bearer ", "abc", "Basic abc", "Bearerabc"}) {
    ASSERT_FALSE(read({bad})) << bad;
    EXPECT_TRUE(read({bad}).error().is(IdentityError::kMalformedToken)) << bad;
  }
  EXPECT_FALSE(read({"Bearer abc", "Bearer abc"}));
  const std::string long_line = "Bearer " + std::string(kMaxTokenBytes + 1, 'x');
  EXPECT_TRUE(read({long_line}).error().is(IdentityError::kTokenTooLarge));
}

TEST(BearerToken, ErrorsDoNotRepeatIt) {
  const std::string token = make_raw_token(ed(), header("EdDSA", "kid-canary"),
                                           R"({"sub":"sub*canary","exp":1800000060})");
  const KeySet set = *KeySet::parse(test::key_set({ed().jwk("kid-canary")}));
  for (const core::Error& error :
       {verify(token, keys(), rules()).error(), verify(token, set, ClaimRules()).error(),
        parse_token(token + "=").error()}) {
    const std::string texts = error.public_text() + error.private_cause();
    EXPECT_EQ(texts.find("canary"), std::string::npos) << texts;
    EXPECT_EQ(texts.find(token.substr(0, 12)), std::string::npos) << texts;
    EXPECT_FALSE(error.public_text().empty());
  }
}

}  // namespace
}  // namespace graphrail::identity
