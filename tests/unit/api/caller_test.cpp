#include "api/caller.h"

#include <gtest/gtest.h>

#include "api/rate_limit_fields.h"

namespace graphrail::api {
namespace {

TEST(ApiPaths, AreEverythingBelowApi) {
  for (const char* path : {"/api", "/api/", "/api/usage", "/api/generate/session/x"}) {
    EXPECT_TRUE(is_api_path(path)) << path;
  }
  for (const char* path :
       {"", "/", "/apis", "/API/usage", "/health", "/x/api/usage", "api/usage"}) {
    EXPECT_FALSE(is_api_path(path)) << path;
  }
}

TEST(CallerOf, IsNobodyWhereNoneWasFound) {
  http::Request request;
  EXPECT_TRUE(caller_of(request).quota.user.empty());
  EXPECT_EQ(caller_of(request).own_key, nullptr);
  auto caller = std::make_shared<Caller>();
  caller->quota.user = "anna";
  request.note = caller;
  EXPECT_EQ(&caller_of(request), caller.get());
}

TEST(RateLimitFields, SayTheDailyCounter) {
  http::Response response;
  add_daily_fields(response, {.used = 1, .limit = 3, .reset = 86'400}, 86'400 - 41'234);
  EXPECT_EQ(response.headers.get("RateLimit-Policy"), R"("daily";q=3;w=86400)");
  EXPECT_EQ(response.headers.get("RateLimit"), R"("daily";r=2;t=41234)");
  add_daily_fields(response, {.used = 3, .limit = 3, .reset = 86'400}, 86'401);
  EXPECT_EQ(response.headers.get("RateLimit"), R"("daily";r=0;t=0)") << "a window that is over";
  EXPECT_EQ(response.headers.get_all("RateLimit").size(), 1U);
}

TEST(RateLimitFields, SayTheBurstLimit) {
  http::Response response;
  add_burst_fields(response, {.limit = 60, .window_ms = 60'000}, 12);
  EXPECT_EQ(response.headers.get("RateLimit-Policy"), R"("burst";q=60;w=60)");
  EXPECT_EQ(response.headers.get("RateLimit"), R"("burst";r=0;t=12)");
}

}  // namespace
}  // namespace graphrail::api
