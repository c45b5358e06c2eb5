#include <memory>
#include <utility>

#include "api/middleware_order.h"
#include "api/routes.h"
#include "http/router.h"

namespace graphrail::api {

http::Handler make_handler(ApiParts parts) {
  auto router = std::make_shared<const http::Router>(make_routes(parts));
  return http::apply_middlewares(middlewares_outermost_first(parts),
                                 [router](std::shared_ptr<http::Request> request) {
                                   return router->handle(std::move(request));
                                 });
}

}  // namespace graphrail::api
