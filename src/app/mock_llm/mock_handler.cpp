#include "app/mock_llm/mock_handler.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "app/mock_llm/api_error.h"
#include "app/mock_llm/chat_endpoint.h"
#include "app/mock_llm/models_endpoint.h"
#include "http/router.h"

namespace graphrail::app::mock_llm {
namespace {

namespace asio = boost::asio;

using RequestPointer = std::shared_ptr<http::Request>;

std::vector<http::Route> make_routes(const std::shared_ptr<Mock>& mock) {
  const http::Handler chat = [mock](RequestPointer request) {
    return answer_chat(mock, std::move(request));
  };
  const http::Handler models = [mock](RequestPointer request) {
    return answer_models(mock, std::move(request));
  };
  return {
      {http::Method::kPost, "/v1/chat/completions", chat},
      {http::Method::kPost, "/chat/completions", chat},
      {http::Method::kPost, "/openai/deployments/{deployment}/chat/completions", chat},
      {http::Method::kGet, "/v1/models", models},
      {http::Method::kGet, "/v1/models/{model}", models},
      {http::Method::kGet, "/models", models},
      {http::Method::kGet, "/models/{model}", models},
      {http::Method::kGet, "/openai/models", models},
  };
}

/// The router's own refusals are problem details; clients of this server read another form.
void translate_refusal(const http::Request& request, http::Response& response) {
  constexpr std::string_view kProblem = "application/problem+json";
  if (!response.headers.get("Content-Type").starts_with(kProblem)) return;
  const bool is_known = response.status != 404;
  http::Response translated = make_error_response(
      {response.status,
       is_known ? fmt::format("Not allowed to {} on {}.", to_string(request.method), request.path)
                : fmt::format("Unknown request URL: {} {}. Please check the URL for typos.",
                              to_string(request.method), request.path),
       "invalid_request_error", "", is_known ? "method_not_supported" : "unknown_url"});
  if (const std::string_view allow = response.headers.get("Allow"); !allow.empty()) {
    translated.headers.add("Allow", std::string(allow));
  }
  response = std::move(translated);
}

asio::awaitable<http::Response> answer(std::shared_ptr<const http::Router> router,
                                       RequestPointer request) {
  http::Response response = co_await router->handle(request);
  translate_refusal(*request, response);
  co_return response;
}

}  // namespace

http::Handler make_mock_handler(MockParts parts) {
  const auto mock = std::make_shared<Mock>(std::move(parts));
  auto router = std::make_shared<const http::Router>(make_routes(mock));
  return [router = std::move(router)](RequestPointer request) {
    return answer(router, std::move(request));
  };
}

}  // namespace graphrail::app::mock_llm
