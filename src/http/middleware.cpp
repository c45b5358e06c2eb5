#include "http/middleware.h"

#include <ranges>
#include <utility>

namespace graphrail::http {

Handler apply_middlewares(std::vector<std::shared_ptr<Middleware>> outermost_first, Handler inner) {
  Handler chain = std::move(inner);
  for (auto& middleware : outermost_first | std::views::reverse) {
    chain = [middleware = std::move(middleware),
             next = std::move(chain)](std::shared_ptr<Request> request) {
      return middleware->handle(std::move(request), next);
    };
  }
  return chain;
}

}  // namespace graphrail::http
