// The redirect of / to the documentation, until there is a web app.
#include <memory>
#include <utility>

#include "api/endpoints.h"

namespace graphrail::api {
namespace {

boost::asio::awaitable<http::Response> handle(std::string location) {
  http::Response response;
  response.status = 302;
  response.headers.set("Location", std::move(location));
  response.headers.set("Cache-Control", "no-store");
  co_return response;
}

}  // namespace

http::Handler make_redirect_handler(std::string location) {
  return
      [location = std::move(location)](std::shared_ptr<http::Request>) { return handle(location); };
}

}  // namespace graphrail::api
