#include "http/problem.h"

#include <boost/json/serialize.hpp>

#include "http/status.h"

namespace graphrail::http {

Response make_problem_response(const Problem& problem, std::string_view request_id) {
  boost::json::object body;
  body["type"] = problem.type.empty() ? "about:blank" : problem.type;
  const std::string_view phrase = status_phrase(problem.status);
  const std::string_view title = problem.title.empty() ? phrase : std::string_view(problem.title);
  body["title"] = boost::json::string_view(title.data(), title.size());
  body["status"] = problem.status;
  body["detail"] = problem.detail;
  body["request_id"] = boost::json::string_view(request_id.data(), request_id.size());
  body["error"] = problem.error;
  body["message"] = problem.detail;
  if (problem.retry_after_seconds > 0) body["retry_after"] = problem.retry_after_seconds;
  for (const auto& [name, value] : problem.extensions) body[name] = value;
  Response response =
      make_response(problem.status, "application/problem+json", boost::json::serialize(body));
  if (problem.retry_after_seconds > 0) {
    response.headers.add("Retry-After", std::to_string(problem.retry_after_seconds));
  }
  return response;
}

}  // namespace graphrail::http
