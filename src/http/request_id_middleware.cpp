#include <utility>

#include "http/middlewares.h"
#include "observe/request_id.h"

namespace graphrail::http {
namespace {

class RequestIdMiddleware final : public Middleware {
 public:
  explicit RequestIdMiddleware(std::shared_ptr<core::Random> random) : random_(std::move(random)) {}

  boost::asio::awaitable<Response> handle(std::shared_ptr<Request> request,
                                          const Handler& next) override {
    if (request->request_id.empty()) {
      request->request_id =
          observe::accept_or_make_request_id(request->headers.get("X-Request-Id"), *random_);
    }
    Response response = co_await next(request);
    response.headers.set("X-Request-Id", request->request_id);
    co_return response;
  }

 private:
  std::shared_ptr<core::Random> random_;
};

}  // namespace

std::shared_ptr<Middleware> make_request_id_middleware(std::shared_ptr<core::Random> random) {
  return std::make_shared<RequestIdMiddleware>(std::move(random));
}

}  // namespace graphrail::http
