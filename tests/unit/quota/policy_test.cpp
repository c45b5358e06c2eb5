#include "quota/policy.h"

#include <gtest/gtest.h>

#include <string>

namespace graphrail::quota {
namespace {

TEST(Policy, ReadsDailyQuotas) {
  EXPECT_EQ(parse_daily_quota("3/day"), DailyQuota{3});
  EXPECT_EQ(parse_daily_quota(" 3 / day "), DailyQuota{3});
  EXPECT_EQ(parse_daily_quota("0/day"), DailyQuota{0});
  EXPECT_EQ(parse_daily_quota("1000000000000/day"), DailyQuota{kLargestQuota});
  ASSERT_TRUE(parse_daily_quota("off").has_value());
  EXPECT_TRUE(parse_daily_quota("off")->is_off());
  EXPECT_FALSE(parse_daily_quota("0/day")->is_off());
}

TEST(Policy, NamesTheFaultOfADailyQuota) {
  for (const std::string text :
       {"", "3", "3/", "/day", "3/min", "3/days", "-1/day", "+1/day", "1.5/day", "three/day",
        "3/day/day", "1000000000001/day", "99999999999999999999999/day", "OFF", "3 4/day"}) {
    const Parsed<DailyQuota> parsed = parse_daily_quota(text);
    ASSERT_FALSE(parsed.has_value()) << text;
    EXPECT_FALSE(parsed.error().empty());
  }
  EXPECT_EQ(parse_daily_quota("3/min").error(), "\"3/min\": after the slash stands day");
  EXPECT_EQ(parse_daily_quota("-1/day").error(), "\"-1\" is not a whole number");
  EXPECT_EQ(parse_daily_quota("1000000000001/day").error(),
            "\"1000000000001\" is not between 0 and 1000000000000");
  EXPECT_LT(parse_daily_quota(std::string(10'000, 'x')).error().size(), 200U);
}

TEST(Policy, ReadsBurstLimits) {
  EXPECT_EQ(parse_burst("60/min"), (BurstPolicy{60, 60'000}));
  EXPECT_EQ(parse_burst("5/s"), (BurstPolicy{5, 1'000}));
  EXPECT_EQ(parse_burst("1000/hour"), (BurstPolicy{1'000, 3'600'000}));
  ASSERT_TRUE(parse_burst("off").has_value());
  EXPECT_TRUE(parse_burst("off")->is_off());
  for (const std::string text : {"", "60", "0/min", "1001/min", "60/day", "60/", "x/min"}) {
    EXPECT_FALSE(parse_burst(text).has_value()) << text;
  }
}

TEST(Policy, ReadsBudgets) {
  EXPECT_EQ(parse_budget("1000/day"), (Budget{1'000, BudgetUnit::kGenerations}));
  EXPECT_EQ(parse_budget("1000 generations / day"), (Budget{1'000, BudgetUnit::kGenerations}));
  EXPECT_EQ(parse_budget("2000000 tokens/day"), (Budget{2'000'000, BudgetUnit::kTokens}));
  ASSERT_TRUE(parse_budget("off").has_value());
  EXPECT_TRUE(parse_budget("off")->is_off());
  for (const std::string text :
       {"", "tokens/day", "5 dollars/day", "5 tokens", "5 tokens/min", "tokens 5/day"}) {
    EXPECT_FALSE(parse_budget(text).has_value()) << text;
  }
}

TEST(Policy, ReadsTiers) {
  const Parsed<std::vector<TierPolicy>> tiers = parse_tiers("pro=50/day, team-2 = off ");
  ASSERT_TRUE(tiers.has_value()) << tiers.error();
  EXPECT_EQ(*tiers, (std::vector<TierPolicy>{{"pro", DailyQuota{50}}, {"team-2", DailyQuota{}}}));
  EXPECT_TRUE(parse_tiers("").value().empty());
  EXPECT_TRUE(parse_tiers("  ").value().empty());
}

TEST(Policy, NamesTheTierAtFault) {
  EXPECT_EQ(parse_tiers("pro=50/day,pro=1/day").error(), "tier pro stands there twice");
  EXPECT_EQ(parse_tiers("anon=5/day").error(), "tier anon has an option of its own");
  EXPECT_EQ(parse_tiers("pro=x/day").error(), "tier pro: \"x\" is not a whole number");
  for (const std::string text :
       {"pro", "pro=", "=5/day", "Pro=5/day", "a:b=5/day", "pro=5/day,,x=1/day", "budget=1/day"}) {
    EXPECT_FALSE(parse_tiers(text).has_value()) << text;
  }
  std::string many;
  for (int i = 0; i < 33; ++i) many += "t" + std::to_string(i) + "=1/day,";
  EXPECT_EQ(parse_tiers(many).error(), "more than 32 tiers");
}

}  // namespace
}  // namespace graphrail::quota
