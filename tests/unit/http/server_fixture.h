// A real server on a free loopback port around a route table, for the tests of this room.
#pragma once

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/clock.h"
#include "core/random.h"
#include "http/middlewares.h"
#include "http/router.h"
#include "http/server.h"
#include "observe/log.h"
#include "support/raw_client.h"

namespace graphrail::http {

using test::make_get;
using test::make_post;
using test::RawClient;
using test::RawResponse;

/// One thing that happens on an I/O thread and that a test waits for.
class Event {
 public:
  void set() {
    {
      const std::scoped_lock lock(mutex_);
      is_set_ = true;
    }
    changed_.notify_all();
  }
  /// False when it has not happened after `patience`.
  bool wait(std::chrono::milliseconds patience = std::chrono::seconds(20)) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, patience, [this] { return is_set_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool is_set_ = false;
};

/// Answers with what the request was: "METHOD path?query body-size".
inline boost::asio::awaitable<Response> echo(std::shared_ptr<Request> request) {
  co_return make_response(200, "text/plain",
                          std::string(to_string(request->method)) + " " + request->path + "?" +
                              request->query + " " + std::to_string(request->body.size()));
}

inline boost::asio::awaitable<Response> respond_with(Response response) { co_return response; }

inline Response make_shared_response(std::shared_ptr<const std::string> body) {
  Response response = make_response(200, "application/octet-stream", "");
  response.shared_body = std::move(body);
  return response;
}

inline boost::asio::awaitable<Response> throw_error(std::shared_ptr<Request>) {
  throw std::runtime_error("secret cause");
  co_return Response();
}

inline ServerParts make_parts(std::shared_ptr<observe::Metrics> metrics) {
  return {.metrics = std::move(metrics),
          .clock = std::make_shared<core::SystemClock>(),
          .random = core::make_seeded_random(2)};
}

struct TestServer {
  explicit TestServer(std::vector<Route> routes = {}, ServerOptions options = {}) {
    observe::configure_log(observe::LogLevel::kOff, observe::LogFormat::kJson, false);
    options.port = 0;
    if (options.threads == 0) options.threads = 2;
    routes.push_back({Method::kGet, "/echo", echo});
    routes.push_back({Method::kPost, "/echo", echo});
    routes.push_back({Method::kGet, "/throw", throw_error});
    const auto router = std::make_shared<Router>(std::move(routes));
    const Handler handler = apply_middlewares(
        {make_request_id_middleware(core::make_seeded_random(1)),
         make_access_log_middleware(std::make_shared<RequestMetrics>(metrics),
                                    std::make_shared<core::SystemClock>()),
         make_error_barrier_middleware(observe::make_log_error_reporter()),
         make_security_headers_middleware()},
        [router](std::shared_ptr<Request> request) { return router->handle(std::move(request)); });
    auto made = make_server(options, handler, make_parts(metrics));
    if (!made) throw std::runtime_error(made.error().public_text());
    server = std::move(*made);
    server->start();
  }
  ~TestServer() {
    if (server) server->stop(std::chrono::milliseconds(0));
  }
  TestServer(const TestServer&) = delete;
  TestServer& operator=(const TestServer&) = delete;

  [[nodiscard]] RawClient connect() const { return RawClient(server->port()); }
  /// One request on a connection of its own.
  [[nodiscard]] RawResponse ask(std::string_view bytes) const {
    RawClient client = connect();
    client.send(bytes);
    return client.read_response().value_or(RawResponse{});
  }

  std::shared_ptr<observe::Metrics> metrics = std::make_shared<observe::Metrics>();
  std::unique_ptr<Server> server;
};

}  // namespace graphrail::http
