#include "quota/meter.h"

#include <fmt/format.h>

#include <utility>

#include "observe/log.h"

namespace graphrail::quota {
namespace {

constexpr std::size_t kChargeIdBytes = 16;
constexpr std::int64_t kDayMs = 86'400'000;

/// Ends that could not be written: the lease, or the next start, puts the counter right.
void log_unclosed(std::string_view what, const core::Error& error) {
  observe::log_error(
      "charge not closed",
      {{"as", what}, {"code", error.code().message()}, {"cause", error.private_cause()}});
}

std::string_view tier_of(const Ticket& ticket) {
  return std::string_view(ticket.subject).substr(0, ticket.subject.find(':'));
}

std::string describe_daily_denial(std::uint64_t limit) {
  if (limit == 0) return "Generations on this server's account are not open to you.";
  return fmt::format(
      "Today's allowance of {} generation{} is used up; it starts anew at 00:00 UTC.", limit,
      limit == 1 ? "" : "s");
}

constexpr std::string_view kBudgetDenial =
    "This server has used up what its operator allows for a day; it starts anew at 00:00 UTC.";
constexpr std::string_view kOwnKeyHint = " A key of your own in X-OpenAI-Key needs none of it.";

}  // namespace

Meter::Meter(Allowances allowances, MeterParts parts)
    : allowances_(std::move(allowances)),
      parts_(std::move(parts)),
      forgiven_({.policy = {.limit = kForgivenPerDay, .window_ms = kDayMs}}, parts_.clock),
      charges_(parts_.metrics->counter_family("graphrail_quota_charges_total",
                                              "Charges by tier and by what became of them.")) {}

void Meter::count(std::string_view tier, std::string_view outcome) {
  charges_.Add({{"tier", std::string(tier)}, {"outcome", std::string(outcome)}}).Increment();
}

boost::asio::awaitable<core::Result<Ticket>> Meter::charge(Caller caller,
                                                           std::uint64_t reserved_tokens) {
  const DailyAllowance daily = allowances_.daily_of(caller);
  const std::vector<Claim> claims = allowances_.claims_of(caller, reserved_tokens);
  if (claims.empty()) co_return Ticket{};
  Ticket ticket{.charge_id = core::random_hex(*parts_.random, kChargeIdBytes),
                .subject = daily.subject.text()};
  auto charging = parts_.ledger->charge(ticket.charge_id, claims);
  core::Result<Charge> charge = co_await std::move(charging);
  if (!charge) {
    count(daily.tier, "unavailable");
    // The reply may have been lost after the ledger had admitted: nobody is to pay for that.
    auto refunding = parts_.ledger->refund(ticket.charge_id);
    (void)co_await std::move(refunding);
    co_return core::fail(std::move(charge.error()));
  }
  if (!charge->admitted) co_return core::fail(denial(caller, claims[charge->violated]));
  count(daily.tier, "admitted");
  if (!daily.quota.is_off()) ticket.daily = charge->standings.front();
  co_return ticket;
}

core::Error Meter::denial(const Caller& caller, const Claim& violated) {
  const bool is_budget = violated.subject == budget_subject();
  count(allowances_.daily_of(caller).tier, is_budget ? "denied_budget" : "denied_daily");
  std::string text = is_budget ? std::string(kBudgetDenial) : describe_daily_denial(violated.limit);
  if (allowances_.options().own_keys_are_free) text += kOwnKeyHint;
  core::Error error(is_budget ? QuotaError::kBudgetUsedUp : QuotaError::kDailyUsedUp,
                    {std::move(text)});
  const std::int64_t seconds = seconds_to_reset(parts_.clock->unix_seconds());
  return std::move(error).with_retry_after_seconds(static_cast<int>(seconds));
}

boost::asio::awaitable<void> Meter::settle(Ticket ticket,
                                           std::optional<std::uint64_t> spent_tokens) {
  if (!ticket.is_charged()) co_return;
  const bool counts_tokens = allowances_.options().budget.unit == BudgetUnit::kTokens;
  if (!counts_tokens) spent_tokens.reset();
  auto settling = parts_.ledger->settle(ticket.charge_id, spent_tokens);
  const core::Result<void> settled = co_await std::move(settling);
  count(tier_of(ticket), settled ? "settled" : "unclosed");
  if (!settled) log_unclosed("settled", settled.error());
}

boost::asio::awaitable<void> Meter::refund(Ticket ticket) {
  if (!ticket.is_charged()) co_return;
  auto refunding = parts_.ledger->refund(ticket.charge_id);
  const core::Result<bool> refunded = co_await std::move(refunding);
  count(tier_of(ticket), refunded ? "refunded" : "unclosed");
  if (!refunded) log_unclosed("refunded", refunded.error());
}

boost::asio::awaitable<bool> Meter::forgive(Ticket ticket) {
  const bool is_forgiven = !ticket.is_charged() || forgiven_.admit(ticket.subject).admitted;
  auto closing = is_forgiven ? refund(std::move(ticket)) : settle(std::move(ticket), std::nullopt);
  co_await std::move(closing);
  co_return is_forgiven;
}

boost::asio::awaitable<core::Result<Usage>> Meter::usage(Caller caller, bool is_metered) {
  const DailyAllowance daily = allowances_.daily_of(caller);
  Usage usage;
  usage.tier = daily.tier;
  usage.metered = is_metered && !allowances_.claims_of(caller, 1).empty();
  if (daily.quota.is_off()) co_return usage;
  auto peeking = parts_.ledger->peek(daily.subject, *daily.quota.limit);
  const core::Result<Standing> standing = co_await std::move(peeking);
  if (!standing) co_return core::fail(standing.error());
  usage.used = standing->used;
  usage.limit = standing->limit;
  usage.reset = standing->reset;
  usage.remaining = standing->remaining();
  co_return usage;
}

}  // namespace graphrail::quota
