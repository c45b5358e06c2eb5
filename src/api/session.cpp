// GET /api/generate/session/{id} and its /source.
#include <boost/json/serialize.hpp>
#include <memory>
#include <string>
#include <utility>

#include "api/endpoints.h"
#include "api/problems.h"
#include "graph/json.h"

namespace graphrail::api {
namespace {

using boost::asio::awaitable;
using Render = http::Response (*)(history::SavedGraph saved);

bool is_session_id(std::string_view id) noexcept {
  return id.size() == 32 && id.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// The id is the only key to an anonymous graph, so no shared cache may keep what it opens.
http::Response render_private(std::string content_type, std::string body) {
  http::Response response = http::make_response(200, std::move(content_type), std::move(body));
  response.headers.set("Cache-Control", "private, no-store");
  return response;
}

http::Response render_graph(history::SavedGraph saved) {
  std::string body = R"({"graph":)";
  body += boost::json::serialize(graph::to_json(saved.graph));
  // Saved as the text it was answered with, so it goes out without being read again.
  body += R"(,"meta":)" + saved.meta_json + "}";
  return render_private("application/json", std::move(body));
}

http::Response render_source(history::SavedGraph saved) {
  return render_private("text/plain; charset=utf-8", std::move(saved.source_text));
}

awaitable<http::Response> handle(std::shared_ptr<history::GraphStore> graphs, Render render,
                                 std::shared_ptr<http::Request> request) {
  const std::string id(request->path_parameter("id"));
  if (!is_session_id(id)) {
    // The same answer as for an unknown id: there is nothing to learn from the difference.
    const core::Error unknown(history::HistoryError::kNotFound,
                              {"There is no graph under this id, or it has expired."});
    co_return make_error_response(unknown, request->request_id);
  }
  auto saved = co_await graphs->find(id);
  if (!saved) co_return make_error_response(saved.error(), request->request_id);
  co_return render(std::move(*saved));
}

http::Handler make_handler(std::shared_ptr<history::GraphStore> graphs, Render render) {
  return [graphs = std::move(graphs), render](std::shared_ptr<http::Request> request) {
    return handle(graphs, render, std::move(request));
  };
}

}  // namespace

http::Handler make_session_handler(std::shared_ptr<history::GraphStore> graphs) {
  return make_handler(std::move(graphs), render_graph);
}

http::Handler make_session_source_handler(std::shared_ptr<history::GraphStore> graphs) {
  return make_handler(std::move(graphs), render_source);
}

}  // namespace graphrail::api
