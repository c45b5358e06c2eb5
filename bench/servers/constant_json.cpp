// USES: http observe core
// A server with one constant JSON answer behind the router and every generic middleware: what
// http_load.sh measures against nginx. Prints its port, then serves until standard input ends.
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <memory>

#include "core/clock.h"
#include "core/random.h"
#include "http/middlewares.h"
#include "http/router.h"
#include "http/server.h"
#include "observe/log.h"

namespace {

using namespace graphrail;

boost::asio::awaitable<http::Response> answer(std::shared_ptr<http::Request>) {
  static const auto body = std::make_shared<const std::string>(R"({"status":"ok"})");
  http::Response response;
  response.headers.add("Content-Type", "application/json");
  response.shared_body = body;
  co_return response;
}

http::Handler make_handler(const std::shared_ptr<observe::Metrics>& metrics) {
  const auto router = std::make_shared<http::Router>(std::vector<http::Route>{
      {http::Method::kGet, "/api/constant", answer},
      {http::Method::kGet, "/api/generate/session/{id}", answer},
  });
  return http::apply_middlewares(
      {http::make_request_id_middleware(core::make_system_random()),
       http::make_access_log_middleware(std::make_shared<http::RequestMetrics>(metrics),
                                        std::make_shared<core::SystemClock>()),
       http::make_error_barrier_middleware(observe::make_log_error_reporter()),
       http::make_security_headers_middleware()},
      [router](std::shared_ptr<http::Request> request) {
        return router->handle(std::move(request));
      });
}

}  // namespace

int main(int argc, char** argv) {
  const bool logs_requests = argc > 1 && std::string_view(argv[1]) == "--log";
  observe::configure_log(logs_requests ? observe::LogLevel::kInfo : observe::LogLevel::kWarn,
                         observe::LogFormat::kJson, false);
  const auto metrics = std::make_shared<observe::Metrics>();
  http::ServerOptions options;
  options.port = 0;
  auto server = http::make_server(
      options, make_handler(metrics),
      {metrics, std::make_shared<core::SystemClock>(), core::make_system_random()});
  if (!server) {
    std::fprintf(stderr, "%s\n", server.error().public_text().c_str());
    return EXIT_FAILURE;
  }
  (*server)->start();
  std::printf("%u\n", unsigned{(*server)->port()});
  std::fflush(stdout);
  char byte = 0;
  while (::read(STDIN_FILENO, &byte, 1) > 0) {
  }
  (*server)->stop(std::chrono::milliseconds(500));
  return EXIT_SUCCESS;
}
