#include "app/mock_llm/models_endpoint.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <string_view>
#include <utility>

#include "app/mock_llm/fault_response.h"

namespace graphrail::app::mock_llm {
namespace {

namespace asio = boost::asio;
namespace json = boost::json;

constexpr std::array<std::string_view, 4> kModels = {"mock", "gpt-4o", "gpt-4o-mini",
                                                     "gpt-4.1-mini"};

json::object describe(std::string_view model) {
  constexpr int kCreated = 1'767'225'600;
  return {{"id", model}, {"object", "model"}, {"created", kCreated}, {"owned_by", "graphrail"}};
}

json::object list_models() {
  json::array models;
  for (const std::string_view model : kModels) models.push_back(describe(model));
  return {{"object", "list"}, {"data", std::move(models)}};
}

}  // namespace

asio::awaitable<http::Response> answer_models(std::shared_ptr<Mock> mock,
                                              std::shared_ptr<http::Request> request) {
  const auto refused = check_key(mock->parts.keys, request->headers.get("Authorization"),
                                 request->headers.get("api-key"));
  if (refused) co_return make_error_response(*refused);
  auto fault = mock->faults.take(request->headers.get(kFaultHeader));
  if (!fault) co_return make_bad_fault_response(std::move(fault.error()));
  co_await wait_as_told(*fault, request);
  if (auto response = make_fault_response(*fault, false)) co_return std::move(*response);
  const std::string_view model = request->path_parameter("model");
  const json::object body = model.empty() ? list_models() : describe(model);
  co_return http::make_response(200, "application/json", json::serialize(body));
}

}  // namespace graphrail::app::mock_llm
