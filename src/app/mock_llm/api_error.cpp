#include "app/mock_llm/api_error.h"

#include <fmt/format.h>

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "http/status.h"

namespace graphrail::app::mock_llm {
namespace {

namespace json = boost::json;

json::value text_or_null(const std::string& text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

}  // namespace

std::string render_error(const ApiError& error) {
  return json::serialize(json::object{{"error",
                                       {{"message", error.message},
                                        {"type", error.type},
                                        {"param", text_or_null(error.param)},
                                        {"code", text_or_null(error.code)}}}});
}

http::Response make_error_response(const ApiError& error) {
  return http::make_response(error.status, "application/json", render_error(error));
}

ApiError error_for_status(int status) {
  switch (status) {
    case 401:
      return {status, "Incorrect API key provided.", "invalid_request_error", "",
              "invalid_api_key"};
    case 403:
      return {status, "Your account has no access to this model.", "invalid_request_error", "",
              "unsupported_country_region_territory"};
    case 404:
      return {status, "The model does not exist or you do not have access to it.",
              "invalid_request_error", "", "model_not_found"};
    case 429:
      return {status, "Rate limit reached for requests. Please try again later.", "requests", "",
              "rate_limit_exceeded"};
    case 503:
      return {status, "The engine is currently overloaded, please try again later.", "server_error",
              "", ""};
    default:
      break;
  }
  if (status >= 500) {
    return {status, "The server had an error while processing your request. Sorry about that!",
            "server_error", "", ""};
  }
  return {status, fmt::format("{}.", http::status_phrase(status)), "invalid_request_error", "", ""};
}

ApiError invalid_parameter(std::string param, std::string message, std::string code) {
  return {400, std::move(message), "invalid_request_error", std::move(param), std::move(code)};
}

}  // namespace graphrail::app::mock_llm
