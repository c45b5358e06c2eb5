// Settings as operators write them for Clerk, Auth0, Keycloak and a file.
#include "identity/auth_options.h"

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace graphrail::identity {
namespace {

std::string url_of(const AuthOptions& options) {
  const auto* url = std::get_if<net::Url>(&options.key_set);
  return url == nullptr ? "file " + std::get<std::string>(options.key_set) : url->to_string();
}

AuthOptions read(const AuthSettings& settings) {
  auto options = read_auth_options(settings);
  if (!options || !*options) throw std::runtime_error("no options");
  return std::move(**options);
}

std::string location_of(std::string jwks_url) {
  return url_of(read({.jwks_url = std::move(jwks_url)}));
}

bool is_refused(const AuthSettings& settings, std::string_view name) {
  const auto options = read_auth_options(settings);
  return !options && options.error().public_text().find(name) != std::string::npos;
}

TEST(AuthOptions, NothingSetMeansSignInIsOff) {
  const auto options = read_auth_options({});
  ASSERT_TRUE(options);
  EXPECT_FALSE(options->has_value());
}

TEST(AuthOptions, ClerkNeedsItsHostName) {
  for (const char* spelling :
       {"clerk.example.com", "https://clerk.example.com", " clerk.example.com/ "}) {
    const AuthOptions options =
        read({.clerk_frontend_api = spelling,
              .clerk_authorized_party = "https://example.com, http://localhost:3000"});
    EXPECT_EQ(url_of(options), "https://clerk.example.com/.well-known/jwks.json");
    EXPECT_EQ(options.rules.issuer, "https://clerk.example.com");
    EXPECT_EQ(options.rules.authorized_parties,
              (std::vector<std::string>{"https://example.com", "http://localhost:3000"}));
  }
  for (const char* bad : {"http://clerk.example.com", "clerk.example.com/path", "a b",
                          "a@b.example", "clerk.example.com?x", "clerk.example.com:8443"}) {
    EXPECT_TRUE(is_refused({.clerk_frontend_api = bad}, "CLERK_FRONTEND_API")) << bad;
  }
}

TEST(AuthOptions, AKeySetGoesBeforeClerk) {
  const AuthOptions options = read({.clerk_frontend_api = "clerk.example.com",
                                    .jwks_url = "https://tenant.example/.well-known/jwks.json",
                                    .audience = "https://graphrail.example, other",
                                    .plan_claim = "https://example.com/plan"});
  EXPECT_EQ(url_of(options), "https://tenant.example/.well-known/jwks.json");
  EXPECT_EQ(options.rules.issuer, "");
  EXPECT_EQ(options.rules.audiences,
            (std::vector<std::string>{"https://graphrail.example", "other"}));
  EXPECT_EQ(options.rules.plan_claim, "https://example.com/plan");
  EXPECT_EQ(read({.clerk_frontend_api = "clerk.example.com", .issuer = "https://own"}).rules.issuer,
            "https://own");
}

TEST(AuthOptions, KeysComeOverASafeWayOnly) {
  EXPECT_EQ(location_of("http://127.0.0.1:8080/jwks"), "http://127.0.0.1:8080/jwks");
  EXPECT_EQ(location_of("http://[::1]:8080/jwks"), "http://[::1]:8080/jwks");
  EXPECT_EQ(location_of("http://localhost:8080/jwks"), "http://localhost:8080/jwks");
  EXPECT_EQ(location_of("/etc/graphrail/keys.json"), "file /etc/graphrail/keys.json");
  EXPECT_EQ(location_of("./keys.json"), "file ./keys.json");
  EXPECT_EQ(location_of("file:///etc/keys.json"), "file /etc/keys.json");
  EXPECT_EQ(location_of("file:/etc/keys.json"), "file /etc/keys.json");
  for (const char* bad : {"http://issuer.example/jwks", "http://10.0.0.1/jwks", "ftp://x/jwks",
                          "keys.json", "https://", "localhost"}) {
    EXPECT_TRUE(is_refused({.jwks_url = bad}, "AUTH_JWKS_URL")) << bad;
  }
}

TEST(AuthOptions, RulesWithoutKeysAreAMistake) {
  EXPECT_TRUE(is_refused({.issuer = "https://issuer.example"}, "AUTH_JWKS_URL"));
  EXPECT_TRUE(is_refused({.audience = "x"}, "AUTH_JWKS_URL"));
  EXPECT_TRUE(is_refused({.clerk_authorized_party = "x"}, "AUTH_JWKS_URL"));
}

}  // namespace
}  // namespace graphrail::identity
