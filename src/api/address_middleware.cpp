#include <atomic>
#include <utility>

#include "api/caller.h"
#include "api/guard_middlewares.h"
#include "identity/client_address.h"
#include "observe/log.h"

namespace graphrail::api {
namespace {

class AddressMiddleware final : public http::Middleware {
 public:
  explicit AddressMiddleware(identity::TrustedProxies proxies) : proxies_(std::move(proxies)) {}

  boost::asio::awaitable<http::Response> handle(std::shared_ptr<http::Request> request,
                                                const http::Handler& next) override {
    if (is_api_path(request->path)) {
      auto caller = std::make_shared<Caller>();
      caller->quota.address = address_of(*request);
      request->note = std::move(caller);
    }
    co_return co_await next(std::move(request));
  }

 private:
  std::string address_of(const http::Request& request) {
    const std::vector<std::string_view> forwarded = request.headers.get_all("Forwarded");
    const std::vector<std::string_view> x_forwarded = request.headers.get_all("X-Forwarded-For");
    if (!x_forwarded.empty() || !forwarded.empty()) warn_if_untrusted(request);
    return identity::quota_key(identity::client_address(
        request.peer, {.forwarded = forwarded, .x_forwarded_for = x_forwarded}, proxies_));
  }

  /// The commonest mistake behind a proxy: everybody would share one counter.
  void warn_if_untrusted(const http::Request& request) {
    if (proxies_.contains(identity::fold(request.peer)) || has_warned_.exchange(true)) return;
    observe::log_warn("forwarding header ignored: peer is not in TRUSTED_PROXIES",
                      {{"peer", request.peer.to_string()}});
  }

  const identity::TrustedProxies proxies_;
  std::atomic<bool> has_warned_{false};
};

}  // namespace

std::shared_ptr<http::Middleware> make_address_middleware(identity::TrustedProxies proxies) {
  return std::make_shared<AddressMiddleware>(std::move(proxies));
}

}  // namespace graphrail::api
