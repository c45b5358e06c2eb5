#include <exception>
#include <string>
#include <utility>

#include "http/middlewares.h"
#include "http/problem.h"

namespace graphrail::http {
namespace {

class ErrorBarrierMiddleware final : public Middleware {
 public:
  explicit ErrorBarrierMiddleware(std::shared_ptr<observe::ErrorReporter> reporter)
      : reporter_(std::move(reporter)) {}

  boost::asio::awaitable<Response> handle(std::shared_ptr<Request> request,
                                          const Handler& next) override {
    std::string cause;
    try {
      co_return co_await next(request);
    } catch (const std::exception& error) {
      cause = error.what();
    } catch (...) {
      cause = "something that is not a std::exception";
    }
    reporter_->report(
        {.where = request->route.empty() ? std::string_view(request->path) : request->route,
         .cause = cause,
         .request_id = request->request_id});
    Problem problem{.status = 500,
                    .error = "internal_error",
                    .detail = "Something went wrong on our side; the request id helps us find it."};
    co_return make_problem_response(problem, request->request_id);
  }

 private:
  std::shared_ptr<observe::ErrorReporter> reporter_;
};

}  // namespace

std::shared_ptr<Middleware> make_error_barrier_middleware(
    std::shared_ptr<observe::ErrorReporter> reporter) {
  return std::make_shared<ErrorBarrierMiddleware>(std::move(reporter));
}

}  // namespace graphrail::http
