#include "quota/allowances.h"

#include <gtest/gtest.h>

namespace graphrail::quota {
namespace {

const Caller kAnonymous{.address = "203.0.113.7", .user = "", .plan = ""};

Caller user(std::string plan) {
  return {.address = "203.0.113.7", .user = "anna", .plan = std::move(plan)};
}

TEST(Allowances, AnonymousCallersAreCountedByAddress) {
  const Allowances allowances{AllowanceOptions{}};
  const DailyAllowance daily = allowances.daily_of(kAnonymous);
  EXPECT_EQ(daily.tier, "anon");
  EXPECT_EQ(daily.subject.text(), "anon:203.0.113.7");
  EXPECT_EQ(daily.quota, DailyQuota{1});
}

TEST(Allowances, AnAddressHasNoPlan) {
  const Allowances allowances({.tiers = {{"pro", {50}}}});
  Caller caller = kAnonymous;
  caller.plan = "pro";
  EXPECT_EQ(allowances.daily_of(caller).tier, "anon");
}

TEST(Allowances, UsersAreCountedByNameUnderTheTierOfTheirPlan) {
  const Allowances allowances({.tiers = {{"pro", {50}}, {"team", {200}}}});
  struct Row {
    const char* plan;
    const char* tier;
    std::uint64_t limit;
  };
  for (const Row& row : {Row{"", "auth", 3}, Row{"pro", "pro", 50}, Row{"team", "team", 200},
                         Row{"gold", "auth", 3}, Row{"Pro", "auth", 3}, Row{"anon", "auth", 3}}) {
    const DailyAllowance daily = allowances.daily_of(user(row.plan));
    EXPECT_EQ(daily.tier, row.tier) << row.plan;
    EXPECT_EQ(daily.subject.text(), std::string(row.tier) + ":anna") << row.plan;
    EXPECT_EQ(daily.quota.limit, row.limit) << row.plan;
  }
}

TEST(Allowances, AGenerationClaimsOneOfTheCallersQuota) {
  const Allowances allowances{AllowanceOptions{}};
  const std::vector<Claim> claims = allowances.claims_of(kAnonymous, 4'000);
  ASSERT_EQ(claims.size(), 1U);
  EXPECT_EQ(claims[0].subject.text(), "anon:203.0.113.7");
  EXPECT_EQ(claims[0].limit, 1U);
  EXPECT_EQ(claims[0].cost, 1U);
  EXPECT_FALSE(claims[0].is_reservation);
}

TEST(Allowances, ABudgetIsClaimedAfterTheQuota) {
  const Allowances allowances({.budget = {.limit = 100}});
  const std::vector<Claim> claims = allowances.claims_of(user(""), 4'000);
  ASSERT_EQ(claims.size(), 2U);
  EXPECT_EQ(claims[0].subject.text(), "auth:anna");
  EXPECT_EQ(claims[1].subject, budget_subject());
  EXPECT_EQ(claims[1].limit, 100U);
  EXPECT_EQ(claims[1].cost, 1U);
  EXPECT_FALSE(claims[1].is_reservation);
}

TEST(Allowances, ABudgetInTokensIsReserved) {
  const Allowances allowances({.budget = {.limit = 9'000, .unit = BudgetUnit::kTokens}});
  const std::vector<Claim> claims = allowances.claims_of(user(""), 4'000);
  ASSERT_EQ(claims.size(), 2U);
  EXPECT_EQ(claims[1].cost, 4'000U);
  EXPECT_TRUE(claims[1].is_reservation);
  EXPECT_EQ(allowances.claims_of(user(""), 0)[1].cost, 1U) << "a claim costs at least one";
}

TEST(Allowances, WhatIsOffClaimsNothing) {
  const Allowances all_off({.anonymous = {}, .signed_in = {}});
  EXPECT_TRUE(all_off.claims_of(kAnonymous, 4'000).empty());
  EXPECT_TRUE(all_off.claims_of(user(""), 4'000).empty());
  const Allowances budget_only({.anonymous = {}, .budget = {.limit = 100}});
  ASSERT_EQ(budget_only.claims_of(kAnonymous, 1).size(), 1U);
  EXPECT_EQ(budget_only.claims_of(kAnonymous, 1)[0].subject, budget_subject());
  EXPECT_EQ(budget_only.claims_of(user(""), 1).size(), 2U);
}

TEST(Allowances, AQuotaOfNothingIsAClaim) {
  const Allowances allowances({.anonymous = {0}});
  ASSERT_EQ(allowances.claims_of(kAnonymous, 1).size(), 1U);
  EXPECT_EQ(allowances.claims_of(kAnonymous, 1)[0].limit, 0U);
}

}  // namespace
}  // namespace graphrail::quota
