#include "api/rate_limit_fields.h"

#include <fmt/format.h>

#include <algorithm>

#include "quota/window.h"

namespace graphrail::api {

void add_daily_fields(http::Response& response, const quota::Standing& daily, std::int64_t now) {
  response.headers.set("RateLimit-Policy",
                       fmt::format("\"daily\";q={};w={}", daily.limit, quota::kWindowSeconds));
  response.headers.set("RateLimit", fmt::format("\"daily\";r={};t={}", daily.remaining(),
                                                std::max<std::int64_t>(daily.reset - now, 0)));
}

void add_exhausted_field(http::Response& response, std::string_view policy,
                         std::int64_t retry_after_seconds) {
  response.headers.set("RateLimit", fmt::format("\"{}\";r=0;t={}", policy, retry_after_seconds));
}

void add_burst_fields(http::Response& response, const quota::BurstPolicy& policy,
                      std::int64_t retry_after_seconds) {
  response.headers.set("RateLimit-Policy",
                       fmt::format("\"burst\";q={};w={}", policy.limit, policy.window_ms / 1'000));
  response.headers.set("RateLimit", fmt::format("\"burst\";r=0;t={}", retry_after_seconds));
}

}  // namespace graphrail::api
