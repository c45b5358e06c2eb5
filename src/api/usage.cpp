// GET /api/usage. Never consumes anything; pages poll it.
#include "quota/usage.h"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>

#include "api/caller.h"
#include "api/endpoints.h"
#include "api/problems.h"
#include "api/rate_limit_fields.h"

namespace graphrail::api {
namespace {

/// Tier names need no escaping: they are made of a-z, 0-9, _ and - (quota/policy.h).
std::string to_json_text(const quota::Usage& usage) {
  return fmt::format(
      R"({{"used":{},"limit":{},"reset":{},"remaining":{},"tier":"{}","metered":{}}})", usage.used,
      usage.limit, usage.reset, usage.remaining, usage.tier, usage.metered);
}

boost::asio::awaitable<http::Response> handle(std::shared_ptr<quota::Meter> meter,
                                              std::shared_ptr<generate::Generator> generator,
                                              std::shared_ptr<core::Clock> clock,
                                              std::shared_ptr<http::Request> request) {
  const Caller& caller = caller_of(*request);
  auto asking = meter->usage(caller.quota, generator->is_metered(caller.own_key != nullptr));
  const core::Result<quota::Usage> usage = co_await std::move(asking);
  if (!usage) co_return make_error_response(usage.error(), request->request_id);
  http::Response response = http::make_response(200, "application/json", to_json_text(*usage));
  response.headers.set("Cache-Control", "no-store");
  if (usage->reset != 0) {
    const quota::Standing daily{.used = usage->used, .limit = usage->limit, .reset = usage->reset};
    add_daily_fields(response, daily, clock->unix_seconds());
  }
  co_return response;
}

}  // namespace

http::Handler make_usage_handler(std::shared_ptr<quota::Meter> meter,
                                 std::shared_ptr<generate::Generator> generator,
                                 std::shared_ptr<core::Clock> clock) {
  return [meter = std::move(meter), generator = std::move(generator),
          clock = std::move(clock)](std::shared_ptr<http::Request> request) {
    return handle(meter, generator, clock, std::move(request));
  };
}

}  // namespace graphrail::api
