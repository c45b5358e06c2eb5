#include <utility>

#include "http/middlewares.h"

namespace graphrail::http {
namespace {

class SecurityHeadersMiddleware final : public Middleware {
 public:
  boost::asio::awaitable<Response> handle(std::shared_ptr<Request> request,
                                          const Handler& next) override {
    Response response = co_await next(std::move(request));
    response.headers.share(block_);
    co_return response;
  }

 private:
  const std::shared_ptr<const FieldBlock> block_ = security_headers();
};

}  // namespace

std::shared_ptr<const FieldBlock> security_headers() {
  static const auto block = std::make_shared<const FieldBlock>(FieldBlock::List{
      {"Content-Security-Policy",
       "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
       "connect-src 'self'; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; "
       "form-action 'self'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Permissions-Policy", "camera=(), geolocation=(), microphone=()"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"X-Frame-Options", "DENY"},
  });
  return block;
}

std::shared_ptr<Middleware> make_security_headers_middleware() {
  return std::make_shared<SecurityHeadersMiddleware>();
}

}  // namespace graphrail::http
