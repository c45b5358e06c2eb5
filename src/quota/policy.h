// What the operator allows: daily quotas of the tiers, the burst limit, the daily budget. Texts of
// the configuration become values here; a fault is a sentence for the operator. Pure.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace graphrail::quota {

/// A fault as text ("\"3/dya\": after the slash stands day"), shown beside the option's name.
template <class T>
using Parsed = std::expected<T, std::string>;

/// The largest number a daily quota or a budget may have: sums of it stay exact everywhere, in
/// JSON, in Lua and in SQLite.
inline constexpr std::uint64_t kLargestQuota = 1'000'000'000'000;
/// Hits that a burst limit may allow; each costs four bytes per caller.
inline constexpr std::uint32_t kLargestBurst = 1'000;

/// Generations a caller may start in a window; none means unlimited ("off"), 0 means nobody may.
struct DailyQuota {
  std::optional<std::uint64_t> limit;

  [[nodiscard]] bool is_off() const noexcept { return !limit.has_value(); }
  bool operator==(const DailyQuota&) const = default;
};

/// Requests an address may send in any span of `window_ms`; `limit` 0 means off.
struct BurstPolicy {
  std::uint32_t limit = 0;
  std::int64_t window_ms = 60'000;

  [[nodiscard]] bool is_off() const noexcept { return limit == 0; }
  bool operator==(const BurstPolicy&) const = default;
};

enum class BudgetUnit { kGenerations, kTokens };

/// What all callers together may use in a window.
struct Budget {
  std::optional<std::uint64_t> limit;
  BudgetUnit unit = BudgetUnit::kGenerations;

  [[nodiscard]] bool is_off() const noexcept { return !limit.has_value(); }
  bool operator==(const Budget&) const = default;
};

/// A tier beside `anon` and `auth`, named as the token's claim names it.
struct TierPolicy {
  std::string name;
  DailyQuota quota;

  bool operator==(const TierPolicy&) const = default;
};

/// Whether `name` can be a tier: 1 to 32 of a-z, 0-9, `_` and `-`. No colon, so that a counter's
/// key reads back without doubt.
[[nodiscard]] bool is_tier_name(std::string_view name) noexcept;

/// "3/day", "3 / day", "off".
[[nodiscard]] Parsed<DailyQuota> parse_daily_quota(std::string_view text);

/// "60/min", "off"; units: s, sec, second, min, minute, h, hour.
[[nodiscard]] Parsed<BurstPolicy> parse_burst(std::string_view text);

/// "1000/day" or "1000 generations/day", "2000000 tokens/day", "off".
[[nodiscard]] Parsed<Budget> parse_budget(std::string_view text);

/// "pro=50/day, team=200/day", at most 32 tiers; empty text is no further tier. Names the tier at
/// fault; `anon`, `auth` and `budget` have options of their own.
[[nodiscard]] Parsed<std::vector<TierPolicy>> parse_tiers(std::string_view text);

}  // namespace graphrail::quota
