#include "http/router.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <stdexcept>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "http/problem.h"

namespace graphrail::http {
namespace {

constexpr std::size_t kMethodCount = static_cast<std::size_t>(Method::kOther) + 1;

using Segments = std::vector<std::string_view>;

/// Segments between slashes; "/a/" has an empty last one, so it differs from "/a".
Segments split(std::string_view path) {
  Segments segments;
  std::size_t at = 1;
  for (;;) {
    const std::size_t end = path.find('/', at);
    segments.push_back(path.substr(at, end == std::string_view::npos ? end : end - at));
    if (end == std::string_view::npos) return segments;
    at = end + 1;
  }
}

bool is_placeholder(std::string_view segment) {
  return segment.size() > 2 && segment.front() == '{' && segment.back() == '}';
}

/// Everything that one path template answers.
struct Endpoint {
  std::string path;
  Segments segments;
  std::array<Handler, kMethodCount> handlers;
  std::string allow;

  [[nodiscard]] const Handler& handler(Method method) const {
    const Handler& exact = handlers[static_cast<std::size_t>(method)];
    if (!exact && method == Method::kHead) {
      return handlers[static_cast<std::size_t>(Method::kGet)];
    }
    return exact;
  }

  void list_methods() {
    for (std::size_t i = 0; i + 1 < kMethodCount; ++i) {
      const auto method = static_cast<Method>(i);
      if (!handler(method) && method != Method::kOptions) continue;
      if (!allow.empty()) allow += ", ";
      allow += to_string(method);
    }
  }

  [[nodiscard]] bool matches(const Segments& path_segments) const {
    if (path_segments.size() != segments.size()) return false;
    for (std::size_t i = 0; i < segments.size(); ++i) {
      if (is_placeholder(segments[i]) ? path_segments[i].empty()
                                      : path_segments[i] != segments[i]) {
        return false;
      }
    }
    return true;
  }
};

boost::asio::awaitable<Response> respond(Response response) { co_return response; }

Response make_not_found(const Request& request) {
  Problem problem{.status = 404, .error = "not_found", .detail = "There is nothing at this path."};
  return make_problem_response(problem, request.request_id);
}

Response make_method_answer(const Request& request, const std::string& allow) {
  Response response;
  if (request.method == Method::kOptions) {
    response.status = 204;
  } else {
    Problem problem{.status = 405,
                    .error = "method_not_allowed",
                    .detail = "This path does not answer that method."};
    response = make_problem_response(problem, request.request_id);
  }
  response.headers.set("Allow", allow);
  return response;
}

}  // namespace

struct Router::Table {
  // Endpoints never move after the constructor: requests and metrics hold views of their paths.
  std::vector<std::unique_ptr<Endpoint>> endpoints;
  std::unordered_map<std::string_view, const Endpoint*> literal;
  std::vector<const Endpoint*> templates;

  Endpoint& endpoint_of(const std::string& path) {
    const auto known =
        std::ranges::find_if(endpoints, [&](const auto& e) { return e->path == path; });
    if (known != endpoints.end()) return **known;
    if (path.empty() || path.front() != '/') throw std::logic_error("not a route path: " + path);
    auto endpoint = std::make_unique<Endpoint>();
    endpoint->path = path;
    endpoint->segments = split(endpoint->path);
    endpoints.push_back(std::move(endpoint));
    return *endpoints.back();
  }

  void add(Route route) {
    Handler& slot = endpoint_of(route.path).handlers[static_cast<std::size_t>(route.method)];
    if (slot) throw std::logic_error("two handlers for one route: " + route.path);
    slot = std::move(route.handler);
  }

  /// Sorts the endpoints into those looked up by hash and those compared one by one.
  void index() {
    std::map<std::vector<std::string>, std::string> shapes;
    for (const auto& endpoint : endpoints) {
      endpoint->list_methods();
      std::vector<std::string> shape;
      for (const std::string_view segment : endpoint->segments) {
        shape.emplace_back(is_placeholder(segment) ? std::string_view("{}") : segment);
      }
      const auto [known, is_new] = shapes.emplace(std::move(shape), endpoint->path);
      if (!is_new) {
        throw std::logic_error("routes match the same paths: " + known->second + " and " +
                               endpoint->path);
      }
      if (std::ranges::any_of(endpoint->segments, is_placeholder)) {
        templates.push_back(endpoint.get());
      } else {
        literal.emplace(endpoint->path, endpoint.get());
      }
    }
    sort_templates();
  }

  /// Puts the template with the earlier literal segment first: "/a/{b}/c" before "/a/{b}/{c}".
  void sort_templates() {
    const auto placeholders = [](const Endpoint* endpoint) {
      std::vector<bool> flags;
      for (const std::string_view segment : endpoint->segments) {
        flags.push_back(is_placeholder(segment));
      }
      return flags;
    };
    std::ranges::sort(templates, {}, placeholders);
  }

  [[nodiscard]] const Endpoint* find(Request& request) const {
    if (const auto found = literal.find(request.path); found != literal.end()) {
      return found->second;
    }
    if (request.path.empty() || request.path.front() != '/') return nullptr;
    const Segments segments = split(request.path);
    for (const Endpoint* endpoint : templates) {
      if (!endpoint->matches(segments)) continue;
      for (std::size_t i = 0; i < segments.size(); ++i) {
        const std::string_view segment = endpoint->segments[i];
        if (is_placeholder(segment)) {
          request.path_parameters.emplace_back(segment.substr(1, segment.size() - 2), segments[i]);
        }
      }
      return endpoint;
    }
    return nullptr;
  }
};

Router::Router(std::vector<Route> routes) {
  auto table = std::make_shared<Table>();
  for (Route& route : routes) table->add(std::move(route));
  table->index();
  table_ = std::move(table);
}

boost::asio::awaitable<Response> Router::handle(std::shared_ptr<Request> request) const {
  if (request->path == "*") {
    return respond(make_method_answer(*request, "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"));
  }
  const Endpoint* endpoint = table_->find(*request);
  if (!endpoint) return respond(make_not_found(*request));
  request->route = endpoint->path;
  const Handler& handler = endpoint->handler(request->method);
  if (!handler) return respond(make_method_answer(*request, endpoint->allow));
  return handler(std::move(request));
}

}  // namespace graphrail::http
