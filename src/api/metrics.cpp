// GET /metrics.
#include <memory>
#include <utility>

#include "api/endpoints.h"

namespace graphrail::api {
namespace {

boost::asio::awaitable<http::Response> handle(std::shared_ptr<observe::Metrics> metrics) {
  http::Response response =
      http::make_response(200, "text/plain; version=0.0.4; charset=utf-8", metrics->serialize());
  response.headers.set("Cache-Control", "no-store");
  co_return response;
}

}  // namespace

http::Handler make_metrics_handler(std::shared_ptr<observe::Metrics> metrics) {
  return [metrics = std::move(metrics)](std::shared_ptr<http::Request>) { return handle(metrics); };
}

}  // namespace graphrail::api
