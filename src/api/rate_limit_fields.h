// RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers-10): structured fields that
// tell a client how much it may still do. The draft is not final, so they are written here only.
#pragma once

#include <cstdint>
#include <string_view>

#include "http/message.h"
#include "quota/ledger.h"
#include "quota/policy.h"

namespace graphrail::api {

/// `"daily";q=3;w=86400` and `"daily";r=2;t=41234`; `now` in Unix seconds.
void add_daily_fields(http::Response& response, const quota::Standing& daily, std::int64_t now);

/// `"budget";r=0;t=41234`: a limit of which callers are told no more than that it was reached.
void add_exhausted_field(http::Response& response, std::string_view policy,
                         std::int64_t retry_after_seconds);

/// `"burst";q=60;w=60` and `"burst";r=0;t=12`.
void add_burst_fields(http::Response& response, const quota::BurstPolicy& policy,
                      std::int64_t retry_after_seconds);

}  // namespace graphrail::api
