#include "support/server/test_guard.h"

#include <stdexcept>
#include <utility>

#include "identity/issuer_keys.h"
#include "identity/key_source.h"
#include "identity/own_key.h"

namespace graphrail::test {
namespace {

template <class T>
T value_or_throw(core::Result<T> result) {
  if (!result) throw std::runtime_error("TestGuard: " + result.error().public_text());
  return std::move(*result);
}

/// An issuer that always answers the same.
class FixedKeySource final : public identity::KeySource {
 public:
  explicit FixedKeySource(std::string text) : text_(std::move(text)) {}
  boost::asio::awaitable<core::Result<std::string>> fetch() override { co_return text_; }

 private:
  std::string text_;
};

std::shared_ptr<quota::BurstLimiter> make_limiter(const quota::BurstPolicy& policy,
                                                  const std::shared_ptr<core::Clock>& clock) {
  if (policy.is_off()) return nullptr;
  return std::make_shared<quota::BurstLimiter>(quota::BurstLimiterOptions{.policy = policy}, clock);
}

std::shared_ptr<identity::TokenVerifier> make_verifier(const std::string& key_set,
                                                       const std::shared_ptr<core::Clock>& clock) {
  if (key_set.empty()) return nullptr;
  auto keys =
      std::make_shared<identity::IssuerKeys>(std::make_shared<FixedKeySource>(key_set), clock);
  return std::make_shared<identity::TokenVerifier>(std::move(keys), clock,
                                                   identity::TokenVerifierOptions{});
}

}  // namespace

TestGuard make_test_guard(const TestGuardOptions& options, const std::filesystem::path& folder,
                          const std::shared_ptr<core::Clock>& clock,
                          const std::shared_ptr<core::Random>& random,
                          const std::shared_ptr<observe::Metrics>& metrics) {
  TestGuard guard;
  std::shared_ptr<quota::Ledger> ledger = options.ledger;
  if (!ledger) {
    guard.embedded =
        value_or_throw(quota::EmbeddedLedger::open({.file = folder / "quota.db"}, clock));
    ledger = guard.embedded;
  }
  guard.meter = std::make_shared<quota::Meter>(
      quota::Allowances(options.allowances),
      quota::MeterParts{.ledger = ledger, .clock = clock, .random = random, .metrics = metrics});
  guard.answers = history::make_memory_idempotency_store({}, clock);
  guard.identification = {
      .proxies = value_or_throw(identity::TrustedProxies::parse(options.trusted_proxies)),
      .verifier = make_verifier(options.key_set, clock),
      .refusals = make_limiter(options.refusals, clock)};
  guard.burst = make_limiter(options.burst, clock);
  if (options.own_key_server) {
    guard.own_key_check = std::make_shared<generate::OwnKeyCheck>(generate::OwnKeyCheckParts{
        .client = options.own_key_server,
        .memory = std::make_shared<identity::OwnKeyMemory>(clock, *random),
        .refusals = guard.identification.refusals,
        .clock = clock});
  }
  return guard;
}

}  // namespace graphrail::test
