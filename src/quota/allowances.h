// Who may use how much: from a caller to the counters that a generation of theirs is charged to.
// Pure; built once from the configuration.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "quota/ledger.h"
#include "quota/policy.h"

namespace graphrail::quota {

inline constexpr std::string_view kAnonymousTier = "anon";
inline constexpr std::string_view kSignedInTier = "auth";

/// Who asks, as far as counting goes.
struct Caller {
  /// Normal form of the client address (identity::quota_key).
  std::string address;
  /// `sub` of a verified token; empty for anonymous callers.
  std::string user;
  /// The token's plan; a name that is no tier counts as none.
  std::string plan;
};

struct AllowanceOptions {
  DailyQuota anonymous{1};
  DailyQuota signed_in{3};
  std::vector<TierPolicy> tiers;
  Budget budget;
  /// Charges every generation, not only those the operator's model key pays for.
  bool charges_all = false;
  /// Who brings a key for the model is charged nothing; said to those who are denied.
  bool own_keys_are_free = true;
};

/// One caller's counter.
struct DailyAllowance {
  std::string_view tier;
  Subject subject;
  DailyQuota quota;
};

class Allowances {
 public:
  explicit Allowances(AllowanceOptions options) : options_(std::move(options)) {}

  /// Anonymous callers by address, users by `sub` under the tier their plan names, else `auth`.
  [[nodiscard]] DailyAllowance daily_of(const Caller& caller) const;

  /// What one generation claims: the caller's quota unless it is off, then the budget unless it is
  /// off; empty when nothing counts. `reserved_tokens` is what the budget is charged at first when
  /// it counts tokens.
  [[nodiscard]] std::vector<Claim> claims_of(const Caller& caller,
                                             std::uint64_t reserved_tokens) const;

  [[nodiscard]] const AllowanceOptions& options() const noexcept { return options_; }

 private:
  AllowanceOptions options_;
};

}  // namespace graphrail::quota
