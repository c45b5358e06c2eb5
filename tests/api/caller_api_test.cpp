// Who is calling and how often: tokens, addresses behind proxies, the burst limit.
#include "api/guard_world.h"

namespace graphrail::test {
namespace {

using CallerApi = GuardTest;

Headers from(const std::string& addresses) { return {{"X-Forwarded-For", addresses}}; }

TEST_F(CallerApi, ABadTokenIsNeverAnAnonymousCaller) {
  const std::string good = user("anna")[0].second;
  boost::json::object claims{{"sub", "anna"}, {"exp", clock_->unix_seconds() - 60}};
  const std::string expired = "Bearer " + make_token(issuer_key(), "a", claims);
  const std::string forged = good.substr(0, good.size() - 4) + "AAAA";
  for (const std::string& value : {std::string("Bearer x"), std::string("Bearer"),
                                   std::string("Basic YTpi"), expired, forged, good + "x"}) {
    for (const char* target : {"/api/generate", "/api/usage"}) {
      const char* method = std::string_view(target) == "/api/usage" ? "GET" : "POST";
      const HttpReply reply = server().send(
          method, target, {{"Authorization", value}, {"Content-Type", "application/json"}},
          kAnnouncementBody);
      EXPECT_EQ(reply.status, 401) << value;
      expect_sound_answer(server(), reply);
      EXPECT_EQ(boost::json::parse(reply.body).at("error"), "unauthorized");
      EXPECT_EQ(reply.header("WWW-Authenticate"), "Bearer error=\"invalid_token\"");
    }
  }
  EXPECT_EQ(used(), 0);
  EXPECT_EQ(model_->calls, 0);
  EXPECT_EQ(server().get("/livez", {{"Authorization", "Bearer x"}}).status, 200);
}

TEST_F(CallerApi, TwoTokensAreOneTooMany) {
  Headers two = user("anna");
  two.push_back(user("bert")[0]);
  EXPECT_EQ(generate(two).status, 401);
  EXPECT_EQ(model_->calls, 0);
}

TEST_F(CallerApi, ATokenIsRefusedWhereNobodySignsIn) {
  options_.guard.key_set.clear();
  const HttpReply reply = generate(user("anna"));
  EXPECT_EQ(reply.status, 401);
  EXPECT_EQ(boost::json::parse(reply.body).at("reason"), "sign_in_off");
}

TEST_F(CallerApi, RefusedTokensAreCountedByAddress) {
  options_.guard.refusals = {.limit = 3, .window_ms = 60'000};
  const Headers bad{{"Authorization", "Bearer x"}};
  for (int i = 0; i < 3; ++i) EXPECT_EQ(generate(bad).status, 401);
  const HttpReply denied = generate(bad);
  EXPECT_EQ(denied.status, 429);
  EXPECT_EQ(boost::json::parse(denied.body).at("violated"), "abuse");
  EXPECT_EQ(denied.header("Retry-After"), "60");
  EXPECT_EQ(generate(user("anna")).status, 200) << "a good token is no abuse";
  clock_->advance(std::chrono::seconds(60));
  EXPECT_EQ(generate(bad).status, 401);
}

TEST_F(CallerApi, WithoutATrustedProxyTheHeaderIsAClientsWord) {
  EXPECT_EQ(generate(from("198.51.100.1")).status, 200);
  EXPECT_EQ(generate(from("198.51.100.2")).status, 429);
  EXPECT_EQ(generate({{"Forwarded", "for=198.51.100.3"}}).status, 429);
  EXPECT_EQ(used(), 1);
}

struct SameCaller {
  const char* name;
  const char* first;
  const char* second;
  bool is_same;
};

class Addresses : public GuardTest, public testing::WithParamInterface<SameCaller> {};

TEST_P(Addresses, ShareACounterOrDoNot) {
  options_.guard.trusted_proxies = "127.0.0.1, 10.0.0.0/8";
  EXPECT_EQ(generate(from(GetParam().first)).status, 200);
  EXPECT_EQ(used(from(GetParam().second)), GetParam().is_same ? 1 : 0);
  EXPECT_EQ(generate(from(GetParam().second)).status, GetParam().is_same ? 429 : 200);
}

INSTANTIATE_TEST_SUITE_P(
    BehindAProxy, Addresses,
    testing::Values(SameCaller{"Same", "198.51.100.1", "198.51.100.1", true},
                    SameCaller{"Different", "198.51.100.1", "198.51.100.2", false},
                    SameCaller{"Invented", "192.0.2.1, 198.51.100.1", "192.0.2.9, 198.51.100.1",
                               true},
                    SameCaller{"TwoProxies", "198.51.100.1, 10.1.2.3", "198.51.100.1", true},
                    SameCaller{"Port", "198.51.100.1:4711", "198.51.100.1:4712", true},
                    SameCaller{"Mapped", "::ffff:198.51.100.1", "198.51.100.1", true},
                    SameCaller{"SameNetwork", "2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true},
                    SameCaller{"OtherNetwork", "2001:db8:1:2::1", "2001:db8:1:3::1", false}),
    [](const auto& info) { return std::string(info.param.name); });

TEST_F(CallerApi, TheBurstLimitCoversTheApiAndNothingElse) {
  options_.guard.burst = {.limit = 4, .window_ms = 60'000};
  for (int i = 0; i < 3; ++i) EXPECT_EQ(server().get("/api/usage").status, 200);
  EXPECT_EQ(server().get("/api/nothing").status, 404);
  const HttpReply denied = server().get("/api/usage");
  EXPECT_EQ(denied.status, 429);
  expect_sound_answer(server(), denied);
  EXPECT_EQ(denied.header("Retry-After"), "60");
  EXPECT_EQ(denied.header("RateLimit-Policy"), R"("burst";q=4;w=60)");
  EXPECT_EQ(denied.header("RateLimit"), R"("burst";r=0;t=60)");
  EXPECT_EQ(boost::json::parse(denied.body).at("violated"), "burst");
  EXPECT_EQ(generate().status, 429);
  EXPECT_EQ(generate(user("anna")).status, 429) << "by address, signed in or not";
  for (const char* path : {"/health", "/livez", "/readyz", "/metrics", "/openapi.json", "/docs"}) {
    for (int i = 0; i < 6; ++i) EXPECT_EQ(server().get(path).status, 200) << path;
  }
  EXPECT_EQ(model_->calls, 0);
  clock_->advance(std::chrono::seconds(60));
  EXPECT_EQ(used(), 0);
  EXPECT_EQ(generate().status, 200);
}

TEST_F(CallerApi, BadTokensAreUnderTheBurstLimitToo) {
  options_.guard.burst = {.limit = 2, .window_ms = 60'000};
  const Headers bad{{"Authorization", "Bearer x"}};
  EXPECT_EQ(generate(bad).status, 401);
  EXPECT_EQ(generate(bad).status, 401);
  const HttpReply denied = generate(bad);
  EXPECT_EQ(denied.status, 429) << "before anything is spent on the token";
  EXPECT_EQ(boost::json::parse(denied.body).at("violated"), "burst");
}

TEST_F(CallerApi, TheBurstLimitCountsAddressesApart) {
  options_.guard.burst = {.limit = 1, .window_ms = 60'000};
  options_.guard.trusted_proxies = "127.0.0.1";
  EXPECT_EQ(server().get("/api/usage", from("198.51.100.1")).status, 200);
  EXPECT_EQ(server().get("/api/usage", from("198.51.100.1")).status, 429);
  EXPECT_EQ(server().get("/api/usage", from("198.51.100.2")).status, 200);
  EXPECT_EQ(server().get("/api/usage", from("2001:db8::1")).status, 200);
  EXPECT_EQ(server().get("/api/usage", from("2001:db8::2")).status, 429);
}

}  // namespace
}  // namespace graphrail::test
