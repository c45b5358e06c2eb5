// The route table: method and path template to handler. Templates are literal segments and
// {placeholders} that match one non-empty segment. Built once before the server starts, then
// read by all threads.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "http/message.h"

namespace graphrail::http {

struct Route {
  Method method;
  std::string path;
  Handler handler;
};

class Router {
 public:
  /// Throws std::logic_error when two routes clash: the table is code, not input.
  explicit Router(std::vector<Route> routes);

  /// Fills the request's route and path parameters and answers it: the handler's response; 404
  /// `not_found` when no template matches; 405 `method_not_allowed` with Allow when the path
  /// exists under other methods; OPTIONS with Allow and 204; HEAD through the GET handler.
  boost::asio::awaitable<Response> handle(std::shared_ptr<Request> request) const;

 private:
  struct Table;
  std::shared_ptr<const Table> table_;
};

}  // namespace graphrail::http
