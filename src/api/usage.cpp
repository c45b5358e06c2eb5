// GET /api/usage. Pages poll it, so its answer is made once and shared by all responses.
#include "quota/usage.h"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <memory>
#include <string>
#include <utility>

#include "api/endpoints.h"

namespace graphrail::api {
namespace {

boost::json::object to_json(const quota::Usage& usage) {
  return {{"used", usage.used},           {"limit", usage.limit}, {"reset", usage.reset},
          {"remaining", usage.remaining}, {"tier", usage.tier},   {"metered", usage.metered}};
}

boost::asio::awaitable<http::Response> handle(std::shared_ptr<const http::Response> constant) {
  co_return *constant;
}

}  // namespace

http::Handler make_usage_handler() {
  http::Response response = http::make_response(200, "application/json", "");
  response.headers.set("Cache-Control", "no-store");
  response.shared_body =
      std::make_shared<const std::string>(boost::json::serialize(to_json(quota::Usage{})));
  auto constant = std::make_shared<const http::Response>(std::move(response));
  return
      [constant = std::move(constant)](std::shared_ptr<http::Request>) { return handle(constant); };
}

}  // namespace graphrail::api
