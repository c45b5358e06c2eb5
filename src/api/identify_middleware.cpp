#include <utility>

#include "api/caller.h"
#include "api/guard_middlewares.h"
#include "api/problems.h"
#include "identity/identity_error.h"
#include "identity/jwt.h"
#include "identity/own_key.h"
#include "observe/log.h"
#include "quota/quota_error.h"

namespace graphrail::api {
namespace {

using identity::IdentityError;

constexpr std::string_view kDevelopmentUser = "dev";

struct CallerCounters {
  explicit CallerCounters(observe::Metrics& metrics)
      : family(metrics.counter_family("graphrail_callers_total",
                                      "Requests to the API by how their sender was identified.")),
        anonymous(family.Add({{"outcome", "anonymous"}})),
        signed_in(family.Add({{"outcome", "signed_in"}})),
        refused(family.Add({{"outcome", "refused"}})),
        abuse(family.Add({{"outcome", "abuse"}})),
        unavailable(family.Add({{"outcome", "unavailable"}})) {}

  prometheus::Family<prometheus::Counter>& family;
  prometheus::Counter& anonymous;
  prometheus::Counter& signed_in;
  prometheus::Counter& refused;
  prometheus::Counter& abuse;
  prometheus::Counter& unavailable;
};

class IdentifyMiddleware final : public http::Middleware {
 public:
  IdentifyMiddleware(IdentificationParts parts, std::shared_ptr<observe::Metrics> metrics)
      : parts_(std::move(parts)), metrics_(std::move(metrics)), counters_(*metrics_) {}

  boost::asio::awaitable<http::Response> handle(std::shared_ptr<http::Request> request,
                                                const http::Handler& next) override {
    if (!is_api_path(request->path)) co_return co_await next(std::move(request));
    auto caller = std::make_shared<Caller>(caller_of(*request));
    auto identifying = identify(request, caller);
    core::Result<void> identified = co_await std::move(identifying);
    // What is needed of them is in the caller by now.
    request->secrets.clear();
    if (!identified) {
      co_return refuse(std::move(identified.error()), caller->quota.address, request->request_id);
    }
    (caller->quota.user.empty() ? counters_.anonymous : counters_.signed_in).Increment();
    request->note = std::move(caller);
    co_return co_await next(std::move(request));
  }

 private:
  boost::asio::awaitable<core::Result<void>> identify(std::shared_ptr<http::Request> request,
                                                      std::shared_ptr<Caller> caller) {
    auto own_key = identity::read_own_key(request->secrets.get_all("X-OpenAI-Key"));
    if (!own_key) co_return core::fail(std::move(own_key.error()));
    caller->own_key = std::move(*own_key);
    if (parts_.skips_auth) {
      caller->quota.user = kDevelopmentUser;
      co_return core::Result<void>();
    }
    auto token = identity::read_bearer_token(request->secrets.get_all("Authorization"));
    if (!token) co_return core::fail(std::move(token.error()));
    if (!*token) co_return core::Result<void>();
    if (parts_.verifier == nullptr) co_return identity::fail_identity(IdentityError::kSignInOff);
    auto verifying = parts_.verifier->verify(std::move(**token));
    core::Result<std::shared_ptr<const identity::Claims>> claims = co_await std::move(verifying);
    if (!claims) co_return core::fail(std::move(claims.error()));
    caller->quota.user = (*claims)->subject;
    caller->quota.plan = (*claims)->plan;
    co_return core::Result<void>();
  }

  http::Response refuse(core::Error error, const std::string& address,
                        const std::string& request_id) {
    if (error.is(IdentityError::kKeysUnavailable) || error.is(IdentityError::kMalformedKeySet)) {
      counters_.unavailable.Increment();
      return make_error_response(error, request_id);
    }
    observe::log_info("caller refused", {{"request_id", request_id},
                                         {"code", error.code().message()},
                                         {"cause", error.private_cause()}});
    if (parts_.refusals == nullptr) {
      counters_.refused.Increment();
    } else {
      const quota::BurstDecision decision = parts_.refusals->admit(address);
      (decision.admitted ? counters_.refused : counters_.abuse).Increment();
      if (!decision.admitted) {
        error = core::Error(quota::QuotaError::kAbuse,
                            {"Too many refused tokens or keys from this address; wait a while."})
                    .with_retry_after_seconds(static_cast<int>(decision.retry_after_seconds()));
      }
    }
    return make_error_response(error, request_id);
  }

  IdentificationParts parts_;
  std::shared_ptr<observe::Metrics> metrics_;
  CallerCounters counters_;
};

}  // namespace

std::vector<std::string> secret_request_fields() {
  return {"Authorization", "X-OpenAI-Key", "Cookie", "Proxy-Authorization"};
}

std::shared_ptr<http::Middleware> make_identify_middleware(
    IdentificationParts parts, std::shared_ptr<observe::Metrics> metrics) {
  return std::make_shared<IdentifyMiddleware>(std::move(parts), std::move(metrics));
}

}  // namespace graphrail::api
