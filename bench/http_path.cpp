// USES: http observe core
// The server's own share of an answer, without sockets: parse, route through every generic
// middleware, serialise; and the parts of it.
#include <benchmark/benchmark.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>

#include "core/clock.h"
#include "core/random.h"
#include "http/compression.h"
#include "http/middlewares.h"
#include "http/request_parser.h"
#include "http/response_writer.h"
#include "http/router.h"
#include "observe/log.h"

namespace {

using namespace graphrail;

constexpr std::string_view kBrowserRequest =
    "GET /api/generate/session/0123456789abcdef?view=full HTTP/1.1\r\n"
    "Host: 127.0.0.1:8000\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n"
    "Accept: application/json\r\nAccept-Language: en-US,en;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate, br\r\nConnection: keep-alive\r\n\r\n";

boost::asio::awaitable<http::Response> answer(std::shared_ptr<http::Request>) {
  co_return http::make_response(200, "application/json", R"({"status":"ok"})");
}

http::Handler make_handler() {
  observe::configure_log(observe::LogLevel::kWarn, observe::LogFormat::kJson, false);
  const auto router = std::make_shared<http::Router>(
      std::vector<http::Route>{{http::Method::kGet, "/api/constant", answer},
                               {http::Method::kGet, "/api/generate/session/{id}", answer}});
  return http::apply_middlewares(
      {http::make_request_id_middleware(core::make_system_random()),
       http::make_access_log_middleware(
           std::make_shared<http::RequestMetrics>(std::make_shared<observe::Metrics>()),
           std::make_shared<core::SystemClock>()),
       http::make_security_headers_middleware(),
       http::make_error_barrier_middleware(observe::make_log_error_reporter())},
      [router](std::shared_ptr<http::Request> request) {
        return router->handle(std::move(request));
      });
}

void parse(benchmark::State& state) {
  for (auto _ : state) {
    http::Request request;
    http::RequestParser parser(http::ParserLimits{}, request);
    benchmark::DoNotOptimize(parser.feed(kBrowserRequest));
  }
}
BENCHMARK(parse);

void parse_route_serialise(benchmark::State& state) {
  const http::Handler handler = make_handler();
  boost::asio::io_context io(1);
  std::string out;
  for (auto _ : state) {
    auto request = std::make_shared<http::Request>();
    http::RequestParser parser(http::ParserLimits{}, *request);
    parser.feed(kBrowserRequest);
    boost::asio::co_spawn(io, handler(std::move(request)),
                          [&out](const std::exception_ptr&, const http::Response& response) {
                            out.clear();
                            http::append_response_head(out, response, {});
                            out += response.body_view();
                          });
    io.run();
    io.restart();
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(parse_route_serialise);

void gzip_json(benchmark::State& state) {
  std::string body = "[";
  while (body.size() < static_cast<std::size_t>(state.range(0))) {
    body += R"({"id":"node-)" + std::to_string(body.size()) + R"(","type":"Investor"},)";
  }
  for (auto _ : state) benchmark::DoNotOptimize(http::gzip(body));
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) *
                          static_cast<std::int64_t>(body.size()));
}
BENCHMARK(gzip_json)->Arg(4096)->Arg(1024 * 1024);

}  // namespace
