// Middleware: one concern around every request. The order is one commented list in
// api/middleware_order.cpp; each middleware calls `next` at most once.
#pragma once

#include <memory>
#include <vector>

#include "http/message.h"

namespace graphrail::http {

class Middleware {
 public:
  virtual ~Middleware() = default;
  /// Answers the request, usually by awaiting `next(request)` and touching up the response.
  virtual boost::asio::awaitable<Response> handle(std::shared_ptr<Request> request,
                                                  const Handler& next) = 0;
};

/// Wraps `inner` with the middlewares, the first of the list outermost.
[[nodiscard]] Handler apply_middlewares(std::vector<std::shared_ptr<Middleware>> outermost_first,
                                        Handler inner);

}  // namespace graphrail::http
