// POST /api/generate. The use case is generate/generate.h; this file is its HTTP side.
#include <boost/json/serialize.hpp>
#include <memory>
#include <utility>

#include "api/decode.h"
#include "api/endpoints.h"
#include "api/problems.h"

namespace graphrail::api {
namespace {

using boost::asio::awaitable;

http::Response render_json(const generate::GenerateResult& result) {
  http::Response response = http::make_response(200, "application/json",
                                                boost::json::serialize(generate::to_json(result)));
  response.headers.set("Cache-Control", "no-store");
  return response;
}

/// The whole answer at once, for clients that do not ask for events.
awaitable<http::Response> answer_json(std::shared_ptr<generate::Generator> generator,
                                      generate::GenerateRequest wanted,
                                      std::shared_ptr<http::Request> request) {
  const auto result = co_await generator->generate(std::move(wanted));
  if (!result) co_return make_error_response(result.error(), request->request_id);
  co_return render_json(*result);
}

awaitable<http::Response> handle(std::shared_ptr<generate::Generator> generator,
                                 std::shared_ptr<http::Request> request) {
  auto wanted = decode_generate_request(request->headers.get("Content-Type"), request->body);
  if (!wanted) co_return make_error_response(wanted.error(), request->request_id);
  co_return co_await answer_json(std::move(generator), std::move(*wanted), std::move(request));
}

}  // namespace

http::Handler make_generate_handler(std::shared_ptr<generate::Generator> generator) {
  return [generator = std::move(generator)](std::shared_ptr<http::Request> request) {
    return handle(generator, std::move(request));
  };
}

}  // namespace graphrail::api
