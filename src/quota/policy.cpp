#include "quota/policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace graphrail::quota {
namespace {

constexpr std::size_t kMaxTiers = 32;
constexpr std::size_t kLongestTierName = 32;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kSpace) - first + 1);
}

/// `text` in quotation marks, cut to a readable length.
std::string quoted(std::string_view text) {
  constexpr std::size_t kReadable = 60;
  return text.size() <= kReadable ? fmt::format("\"{}\"", text)
                                  : fmt::format("\"{}…\"", text.substr(0, kReadable));
}

/// "60/min" cut at the slash, both sides trimmed.
struct Rate {
  std::string_view amount;
  std::string_view span;
};

Parsed<Rate> split_rate(std::string_view text, std::string_view example) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) {
    return std::unexpected(fmt::format("{}: write a number, a slash and a time, like {}, or off",
                                       quoted(text), example));
  }
  return Rate{trimmed(text.substr(0, slash)), trimmed(text.substr(slash + 1))};
}

Parsed<std::uint64_t> parse_number(std::string_view text, std::uint64_t least,
                                   std::uint64_t largest) {
  std::uint64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  const bool is_number = error != std::errc::invalid_argument && stopped == end && !text.empty();
  if (!is_number) {
    return std::unexpected(fmt::format("{} is not a whole number", quoted(text)));
  }
  if (error != std::errc() || number < least || number > largest) {
    return std::unexpected(
        fmt::format("{} is not between {} and {}", quoted(text), least, largest));
  }
  return number;
}

Parsed<std::uint64_t> parse_per_day(std::string_view text, std::string_view example) {
  const Parsed<Rate> rate = split_rate(text, example);
  if (!rate) return std::unexpected(rate.error());
  if (rate->span != "day") {
    return std::unexpected(fmt::format("{}: after the slash stands day", quoted(text)));
  }
  return parse_number(rate->amount, 0, kLargestQuota);
}

struct Unit {
  std::string_view name;
  std::int64_t ms;
};

constexpr std::array kUnits = {
    Unit{"s", 1'000},       Unit{"sec", 1'000},   Unit{"second", 1'000},   Unit{"min", 60'000},
    Unit{"minute", 60'000}, Unit{"h", 3'600'000}, Unit{"hour", 3'600'000},
};

Parsed<TierPolicy> parse_tier(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos) {
    return std::unexpected(fmt::format("{}: write name=number/day, like pro=50/day", quoted(text)));
  }
  const std::string_view name = trimmed(text.substr(0, equals));
  if (!is_tier_name(name)) {
    return std::unexpected(fmt::format("tier {}: a name has 1 to {} of a-z, 0-9, _ and -",
                                       quoted(name), kLongestTierName));
  }
  if (name == "anon" || name == "auth" || name == "budget") {
    return std::unexpected(fmt::format("tier {} has an option of its own", name));
  }
  Parsed<DailyQuota> quota = parse_daily_quota(text.substr(equals + 1));
  if (!quota) return std::unexpected(fmt::format("tier {}: {}", name, quota.error()));
  return TierPolicy{std::string(name), *quota};
}

}  // namespace

bool is_tier_name(std::string_view name) noexcept {
  const auto is_allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  };
  return !name.empty() && name.size() <= kLongestTierName && std::ranges::all_of(name, is_allowed);
}

Parsed<DailyQuota> parse_daily_quota(std::string_view text) {
  text = trimmed(text);
  if (text == "off") return DailyQuota{};
  const Parsed<std::uint64_t> limit = parse_per_day(text, "3/day");
  if (!limit) return std::unexpected(limit.error());
  return DailyQuota{*limit};
}

Parsed<BurstPolicy> parse_burst(std::string_view text) {
  text = trimmed(text);
  if (text == "off") return BurstPolicy{};
  const Parsed<Rate> rate = split_rate(text, "60/min");
  if (!rate) return std::unexpected(rate.error());
  const auto* unit = std::ranges::find(kUnits, rate->span, &Unit::name);
  if (unit == kUnits.end()) {
    return std::unexpected(fmt::format("{}: after the slash stands s, min or h", quoted(text)));
  }
  const Parsed<std::uint64_t> limit = parse_number(rate->amount, 1, kLargestBurst);
  if (!limit) return std::unexpected(limit.error());
  return BurstPolicy{static_cast<std::uint32_t>(*limit), unit->ms};
}

Parsed<Budget> parse_budget(std::string_view text) {
  text = trimmed(text);
  if (text == "off") return Budget{};
  std::string plain(text);
  Budget budget;
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::string_view amount = trimmed(text.substr(0, slash));
  if (const std::size_t space = amount.find_first_of(" \t"); space != std::string_view::npos) {
    const std::string_view unit = trimmed(amount.substr(space));
    if (unit != "tokens" && unit != "generations") {
      return std::unexpected(fmt::format("{}: count tokens or generations", quoted(text)));
    }
    if (unit == "tokens") budget.unit = BudgetUnit::kTokens;
    plain = fmt::format("{}{}", amount.substr(0, space), text.substr(slash));
  }
  const Parsed<std::uint64_t> limit = parse_per_day(plain, "1000/day or 2000000 tokens/day");
  if (!limit) return std::unexpected(limit.error());
  budget.limit = *limit;
  return budget;
}

Parsed<std::vector<TierPolicy>> parse_tiers(std::string_view text) {
  std::vector<TierPolicy> tiers;
  for (std::string_view rest = trimmed(text); !rest.empty();) {
    const std::size_t comma = rest.find(',');
    Parsed<TierPolicy> tier = parse_tier(trimmed(rest.substr(0, comma)));
    if (!tier) return std::unexpected(std::move(tier.error()));
    if (std::ranges::find(tiers, tier->name, &TierPolicy::name) != tiers.end()) {
      return std::unexpected(fmt::format("tier {} stands there twice", tier->name));
    }
    if (tiers.size() == kMaxTiers) {
      return std::unexpected(fmt::format("more than {} tiers", kMaxTiers));
    }
    tiers.push_back(std::move(*tier));
    if (comma == std::string_view::npos) break;
    rest = trimmed(rest.substr(comma + 1));
  }
  return tiers;
}

}  // namespace graphrail::quota
