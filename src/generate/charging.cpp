// The generator's dealings with the meter: what is charged, and how the charge ends.
#include <utility>

#include "generate/engine.h"
#include "generate/generate.h"
#include "generate/model_failure.h"
#include "generate/own_key_check.h"
#include "generate/production.h"

namespace graphrail::generate {

bool Generator::is_metered(bool has_own_key) const noexcept {
  if (parts_.meter == nullptr) return false;
  if (parts_.meter->allowances().options().charges_all) return true;
  return parts_.model != nullptr && !(has_own_key && parts_.own_key_model != nullptr);
}

bool Generator::spends(const Plan& plan) const noexcept {
  if (parts_.meter == nullptr) return false;
  const bool uses_operator_key = plan.engine == "llm" && !plan.uses_own_key;
  return uses_operator_key || parts_.meter->allowances().options().charges_all;
}

boost::asio::awaitable<core::Result<quota::Ticket>> Generator::charge(
    quota::Caller caller, std::uint64_t reserved_tokens, std::shared_ptr<Audience> audience) {
  auto charging = parts_.meter->charge(std::move(caller), reserved_tokens);
  core::Result<quota::Ticket> ticket = co_await std::move(charging);
  if (ticket && ticket->daily && audience) audience->charged(*ticket->daily);
  co_return ticket;
}

boost::asio::awaitable<void> Generator::close(quota::Ticket ticket, ChargeEnd end,
                                              std::optional<std::uint64_t> spent_tokens) {
  if (!ticket.is_charged()) co_return;
  if (end == ChargeEnd::kForgive) {
    auto forgiving = parts_.meter->forgive(std::move(ticket));
    (void)co_await std::move(forgiving);
    co_return;
  }
  auto ending = end == ChargeEnd::kSettle ? parts_.meter->settle(std::move(ticket), spent_tokens)
                                          : parts_.meter->refund(std::move(ticket));
  co_await std::move(ending);
}

core::Error Generator::explain(core::Error error, const GenerateRequest& request) {
  if (request.own_key) {
    error =
        parts_.own_key_check->explain(std::move(error), *request.own_key, request.caller.address);
  }
  return to_model_failure(std::move(error));
}

}  // namespace graphrail::generate
