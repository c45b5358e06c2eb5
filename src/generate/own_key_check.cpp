#include "generate/own_key_check.h"

#include <chrono>
#include <utility>
#include <vector>

#include "generate/model_failure.h"
#include "identity/identity_error.h"
#include "llm/call_error.h"
#include "quota/quota_error.h"

namespace graphrail::generate {
namespace {

using identity::IdentityError;
using identity::OwnKeyVerdict;
using llm::LlmError;

constexpr std::chrono::seconds kTimeout{10};

bool is_model_error(const core::Error& error) noexcept {
  return error.code().category() == llm::make_error_code(LlmError::kBusy).category();
}

/// Not every server lists its models; such a one is asked with the text itself.
bool proves_nothing(LlmError error) noexcept {
  return error == LlmError::kModelNotFound || error == LlmError::kMalformedAnswer ||
         error == LlmError::kAnswerTooLarge || error == LlmError::kUnsupportedParameter;
}

core::Error too_many_refusals(std::int64_t retry_after_seconds) {
  return core::Error(quota::QuotaError::kAbuse,
                     {"Too many refused keys or tokens from this address; wait a while."})
      .with_retry_after_seconds(static_cast<int>(retry_after_seconds));
}

}  // namespace

boost::asio::awaitable<core::Result<void>> OwnKeyCheck::check(
    std::shared_ptr<const core::Secret> key, std::string address) {
  const std::optional<OwnKeyVerdict> verdict = parts_.memory->recall(*key);
  if (verdict == OwnKeyVerdict::kAccepted) co_return core::Result<void>();
  if (verdict == OwnKeyVerdict::kRefused) {
    co_return core::fail(refuse(address, IdentityError::kOwnKeyRefused));
  }
  if (parts_.refusals) {
    const quota::BurstDecision decision = parts_.refusals->check(address);
    if (!decision.admitted) {
      co_return core::fail(too_many_refusals(decision.retry_after_seconds()));
    }
  }
  auto listing = parts_.client->models(parts_.clock->steady_now() + kTimeout, key);
  core::Result<std::vector<std::string>> models = co_await std::move(listing);
  if (!models) {
    if (proves_nothing(llm::kind_of(models.error()))) co_return core::Result<void>();
    co_return core::fail(to_model_failure(explain(std::move(models.error()), *key, address)));
  }
  parts_.memory->remember(*key, OwnKeyVerdict::kAccepted);
  co_return core::Result<void>();
}

core::Error OwnKeyCheck::explain(core::Error error, const core::Secret& key,
                                 const std::string& address) {
  if (!is_model_error(error)) return error;
  if (llm::kind_of(error) == LlmError::kInsufficientQuota) {
    return refuse(address, IdentityError::kOwnKeyWithoutCredit);
  }
  if (llm::kind_of(error) != LlmError::kWrongKey) return error;
  parts_.memory->remember(key, OwnKeyVerdict::kRefused);
  return refuse(address, IdentityError::kOwnKeyRefused);
}

core::Error OwnKeyCheck::refuse(const std::string& address, IdentityError reason) {
  if (parts_.refusals) {
    const quota::BurstDecision decision = parts_.refusals->admit(address);
    if (!decision.admitted) return too_many_refusals(decision.retry_after_seconds());
  }
  return identity::identity_error(reason);
}

}  // namespace graphrail::generate
