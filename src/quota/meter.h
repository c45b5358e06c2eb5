// Charges generations: one ticket for each, closed in one of three ways. Between the use case and
// the ledger, so that neither has to know tiers, budgets and their texts. Safe from any thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "core/clock.h"
#include "core/random.h"
#include "core/result.h"
#include "observe/metrics.h"
#include "quota/allowances.h"
#include "quota/burst_limiter.h"
#include "quota/ledger.h"
#include "quota/quota_error.h"
#include "quota/usage.h"

namespace graphrail::quota {

/// How often in a day one caller gets a charge back though the model had been asked: for leaving
/// before it answered, or for a text that it declines. Without this end, who always leaves in time
/// would run up the operator's bill for nothing.
inline constexpr std::uint32_t kForgivenPerDay = 5;

/// A generation that has been admitted.
struct Ticket {
  /// Names the charge in the ledger; empty when nothing was charged. Made here, never taken from a
  /// client: who could choose it could have a second generation on the first one's charge.
  std::string charge_id;
  std::string subject;
  /// The caller's counter just after the charge; nothing when the caller's quota is off.
  std::optional<Standing> daily;

  [[nodiscard]] bool is_charged() const noexcept { return !charge_id.empty(); }
};

struct MeterParts {
  std::shared_ptr<Ledger> ledger;
  std::shared_ptr<core::Clock> clock;
  std::shared_ptr<core::Random> random;
  std::shared_ptr<observe::Metrics> metrics;
};

class Meter {
 public:
  Meter(Allowances allowances, MeterParts parts);

  /// Charges one generation, unless nothing counts. `reserved_tokens` for a budget in tokens. Fails
  /// with QuotaError::kDailyUsedUp and kBudgetUsedUp, with seconds to retry after; LedgerError and
  /// CoreError::kBusy when the ledger cannot decide.
  boost::asio::awaitable<core::Result<Ticket>> charge(Caller caller, std::uint64_t reserved_tokens);

  /// The model has answered: the charge stands. `spent_tokens` replaces the reservation; nothing
  /// leaves it as it is.
  boost::asio::awaitable<void> settle(Ticket ticket, std::optional<std::uint64_t> spent_tokens);
  /// No model was asked, or it failed: the charge is given back.
  boost::asio::awaitable<void> refund(Ticket ticket);
  /// The model was asked, and it is the caller's doing that no answer came: given back
  /// kForgivenPerDay times, then it stands. True when it was given back.
  boost::asio::awaitable<bool> forgive(Ticket ticket);

  /// The caller's allowance; never writes. `is_metered`: their next generation would be charged.
  /// Fails with LedgerError::kUnavailable.
  boost::asio::awaitable<core::Result<Usage>> usage(Caller caller, bool is_metered);

  [[nodiscard]] const Allowances& allowances() const noexcept { return allowances_; }

 private:
  void count(std::string_view tier, std::string_view outcome);
  [[nodiscard]] core::Error denial(const Caller& caller, const Claim& violated);

  Allowances allowances_;
  MeterParts parts_;
  BurstLimiter forgiven_;
  prometheus::Family<prometheus::Counter>& charges_;
};

}  // namespace graphrail::quota
