#include <utility>

#include "api/caller.h"
#include "api/guard_middlewares.h"
#include "api/problems.h"
#include "api/rate_limit_fields.h"
#include "quota/quota_error.h"

namespace graphrail::api {
namespace {

class BurstMiddleware final : public http::Middleware {
 public:
  BurstMiddleware(std::shared_ptr<quota::BurstLimiter> limiter, quota::BurstPolicy policy,
                  std::shared_ptr<observe::Metrics> metrics)
      : limiter_(std::move(limiter)),
        policy_(policy),
        metrics_(std::move(metrics)),
        denied_(metrics_
                    ->counter_family("graphrail_burst_denied_total",
                                     "Requests refused because their address sent too many.")
                    .Add({})) {}

  boost::asio::awaitable<http::Response> handle(std::shared_ptr<http::Request> request,
                                                const http::Handler& next) override {
    if (limiter_ && is_api_path(request->path)) {
      const quota::BurstDecision decision = limiter_->admit(caller_of(*request).quota.address);
      if (!decision.admitted) co_return refuse(decision, request->request_id);
    }
    co_return co_await next(std::move(request));
  }

 private:
  http::Response refuse(const quota::BurstDecision& decision, const std::string& request_id) {
    denied_.Increment();
    const std::int64_t seconds = decision.retry_after_seconds();
    const core::Error error =
        core::Error(quota::QuotaError::kTooManyRequests,
                    {"Too many requests from this address in a short time; wait a moment."})
            .with_retry_after_seconds(static_cast<int>(seconds));
    http::Response response = make_error_response(error, request_id);
    add_burst_fields(response, policy_, seconds);
    return response;
  }

  std::shared_ptr<quota::BurstLimiter> limiter_;
  quota::BurstPolicy policy_;
  std::shared_ptr<observe::Metrics> metrics_;
  prometheus::Counter& denied_;
};

}  // namespace

std::shared_ptr<http::Middleware> make_burst_middleware(
    std::shared_ptr<quota::BurstLimiter> limiter, quota::BurstPolicy policy,
    std::shared_ptr<observe::Metrics> metrics) {
  return std::make_shared<BurstMiddleware>(std::move(limiter), policy, std::move(metrics));
}

}  // namespace graphrail::api
