#include "quota/allowances.h"

#include <algorithm>

namespace graphrail::quota {

DailyAllowance Allowances::daily_of(const Caller& caller) const {
  if (caller.user.empty()) {
    return {kAnonymousTier, make_subject(kAnonymousTier, caller.address), options_.anonymous};
  }
  const auto tier = std::ranges::find(options_.tiers, caller.plan, &TierPolicy::name);
  if (tier == options_.tiers.end()) {
    return {kSignedInTier, make_subject(kSignedInTier, caller.user), options_.signed_in};
  }
  return {tier->name, make_subject(tier->name, caller.user), tier->quota};
}

std::vector<Claim> Allowances::claims_of(const Caller& caller,
                                         std::uint64_t reserved_tokens) const {
  std::vector<Claim> claims;
  const DailyAllowance daily = daily_of(caller);
  if (!daily.quota.is_off()) {
    claims.push_back({.subject = daily.subject, .limit = *daily.quota.limit});
  }
  const Budget& budget = options_.budget;
  if (!budget.is_off()) {
    const bool counts_tokens = budget.unit == BudgetUnit::kTokens;
    claims.push_back(
        {.subject = budget_subject(),
         .limit = *budget.limit,
         .cost = counts_tokens ? std::max<std::uint64_t>(reserved_tokens, 1) : std::uint64_t{1},
         .is_reservation = counts_tokens});
  }
  return claims;
}

}  // namespace graphrail::quota
