// GET /health, /livez and /readyz.
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <memory>
#include <string>
#include <utility>

#include "api/endpoints.h"
#include "http/problem.h"

namespace graphrail::api {
namespace {

using boost::asio::awaitable;

/// How soon a load balancer should ask again.
constexpr int kRetryAfterSeconds = 2;

http::Response make_uncached(std::string content_type, std::string body) {
  http::Response response = http::make_response(200, std::move(content_type), std::move(body));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

http::Response make_ok() { return make_uncached("text/plain; charset=utf-8", "ok\n"); }

std::string_view describe_status(bool is_draining, bool is_store_ready) noexcept {
  if (is_draining) return "draining";
  return is_store_ready ? "ok" : "degraded";
}

awaitable<http::Response> handle_health(std::shared_ptr<Readiness> readiness, std::string version) {
  const bool is_store_ready = co_await readiness->is_store_ready();
  const boost::json::object checks{{"store", is_store_ready ? "ok" : "unavailable"}};
  const boost::json::object body{
      {"status", describe_status(readiness->is_draining(), is_store_ready)},
      {"version", version},
      {"checks", checks}};
  co_return make_uncached("application/json", boost::json::serialize(body));
}

awaitable<http::Response> handle_liveness() { co_return make_ok(); }

http::Response make_not_ready(std::string detail, std::string_view request_id) {
  http::Problem problem;
  problem.status = 503;
  problem.error = "service_unavailable";
  problem.detail = std::move(detail);
  problem.retry_after_seconds = kRetryAfterSeconds;
  return http::make_problem_response(problem, request_id);
}

awaitable<http::Response> handle_readiness(std::shared_ptr<Readiness> readiness,
                                           std::shared_ptr<http::Request> request) {
  if (readiness->is_draining()) {
    co_return make_not_ready("The server is stopping.", request->request_id);
  }
  const bool is_store_ready = co_await readiness->is_store_ready();
  if (!is_store_ready) {
    co_return make_not_ready("The graph store does not answer.", request->request_id);
  }
  co_return make_ok();
}

}  // namespace

http::Handler make_health_handler(std::shared_ptr<Readiness> readiness, std::string version) {
  return [readiness = std::move(readiness), version = std::move(version)](
             std::shared_ptr<http::Request>) { return handle_health(readiness, version); };
}

http::Handler make_liveness_handler() {
  return [](std::shared_ptr<http::Request>) { return handle_liveness(); };
}

http::Handler make_readiness_handler(std::shared_ptr<Readiness> readiness) {
  return [readiness = std::move(readiness)](std::shared_ptr<http::Request> request) {
    return handle_readiness(readiness, std::move(request));
  };
}

}  // namespace graphrail::api
