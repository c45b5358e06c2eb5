// Pacing per host and robots.txt.
#include <gtest/gtest.h>

#include "net/host_pacing.h"
#include "net/robots.h"
#include "net/robots_cache.h"

namespace graphrail::net {
namespace {

using namespace std::chrono_literals;
using TimePoint = HostPacing::TimePoint;

TEST(HostPacing, LetsABurstPassThenSpreads) {
  HostPacing pacing({.rate_per_second = 2, .burst = 3});
  const TimePoint now{100s};
  for (int i = 0; i < 3; ++i) EXPECT_EQ(pacing.admit("a.org", now).wait, 0ms);
  EXPECT_EQ(pacing.admit("a.org", now).wait, 500ms);
  EXPECT_EQ(pacing.admit("a.org", now).wait, 1000ms);
  EXPECT_EQ(pacing.admit("b.org", now).wait, 0ms);
  EXPECT_EQ(pacing.admit("a.org", now + 10s).wait, 0ms);
}

TEST(HostPacing, HoldsAHostUntilItsRetryAfterHasPassed) {
  HostPacing pacing({});
  const TimePoint now{100s};
  pacing.hold("a.org", 30s, now);
  EXPECT_EQ(pacing.admit("a.org", now + 1s).held, 29s);
  EXPECT_EQ(pacing.admit("b.org", now + 1s).held, 0s);
  EXPECT_EQ(pacing.admit("a.org", now + 30s).held, 0s);
}

TEST(HostPacing, AShorterHoldDoesNotFreeAHostAndALongOneIsCapped) {
  HostPacing pacing({.max_hold = 60s});
  const TimePoint now{100s};
  pacing.hold("a.org", 50s, now);
  pacing.hold("a.org", 1s, now);
  EXPECT_EQ(pacing.admit("a.org", now).held, 50s);
  pacing.hold("a.org", 24h, now);
  EXPECT_EQ(pacing.admit("a.org", now).held, 60s);
}

TEST(HostPacing, RemembersABoundedNumberOfHosts) {
  HostPacing pacing({.max_hosts = 10});
  const TimePoint now{100s};
  pacing.hold("first.org", 1000s, now);
  for (int i = 0; i < 9; ++i) {
    EXPECT_EQ(pacing.admit(std::to_string(i) + ".org", now).wait, 0ms);
    EXPECT_GT(pacing.admit("first.org", now).held, 0s);
  }
  for (int i = 0; i < 100; ++i) pacing.hold("x" + std::to_string(i) + ".org", 5s, now);
  EXPECT_EQ(pacing.size(), 10U);
}

TEST(Robots, TheLongestRuleWinsAndAllowWinsTies) {
  const auto rules = RobotsRules::parse(
      "User-agent: *\nDisallow: /a\nAllow: /a/b\nDisallow: /a/b/c\nAllow: /t\nDisallow: /t\n",
      "bot");
  EXPECT_FALSE(rules.allows("/a"));
  EXPECT_FALSE(rules.allows("/abc"));
  EXPECT_TRUE(rules.allows("/a/b"));
  EXPECT_FALSE(rules.allows("/a/b/c?x"));
  EXPECT_TRUE(rules.allows("/t"));
  EXPECT_TRUE(rules.allows("/"));
}

TEST(Robots, OwnGroupsReplaceTheStarGroup) {
  const char* text =
      "User-agent: *\nDisallow: /\n\nUser-agent: other\nUser-agent: GRAPHRAIL/2.0\nDisallow: /x\n"
      "\nUser-agent: graphrail\nDisallow: /y # again\n";
  const auto rules = RobotsRules::parse(text, "Graphrail/0.1 (reader)");
  EXPECT_TRUE(rules.allows("/"));
  EXPECT_FALSE(rules.allows("/x"));
  EXPECT_FALSE(rules.allows("/y"));
  EXPECT_FALSE(RobotsRules::parse(text, "third").allows("/z"));
}

TEST(Robots, WildcardsAndEnds) {
  const auto rules = RobotsRules::parse(
      "user-agent: *\r\ndisallow: /*.pdf$\r\ndisallow: /p/*/edit\r\ndisallow:\r\ndisallow: "
      "/caf\xC3\xA9\r\n",
      "bot");
  EXPECT_FALSE(rules.allows("/a/b.pdf"));
  EXPECT_TRUE(rules.allows("/a/b.pdf?x"));
  EXPECT_FALSE(rules.allows("/p/1/2/edit/more"));
  EXPECT_TRUE(rules.allows("/p/edit"));
  EXPECT_FALSE(rules.allows("/caf%C3%A9"));
  EXPECT_TRUE(rules.allows("/"));
}

TEST(Robots, HostilePatternsAreCheap) {
  std::string text = "user-agent: *\n";
  std::string pattern;
  for (int i = 0; i < 1000; ++i) pattern += "*a";
  for (int i = 0; i < 20; ++i) text += "disallow: /" + pattern + "b\n";
  const auto rules = RobotsRules::parse(text, "bot");
  EXPECT_TRUE(rules.allows("/" + std::string(4000, 'a')));
}

TEST(Robots, UnreachableClosesAndRobotsItselfIsOpen) {
  EXPECT_FALSE(RobotsRules::disallow_all().allows("/a"));
  EXPECT_TRUE(RobotsRules::disallow_all().allows("/robots.txt"));
  EXPECT_TRUE(RobotsRules::allow_all().allows("/a"));
}

TEST(RobotsCache, ForgetsWithTimeAndStaysBounded) {
  RobotsCache cache;
  const TimePoint now{100s};
  cache.store("https://a.org", RobotsRules::disallow_all(), 60s, now);
  EXPECT_TRUE(cache.find("https://a.org", now + 59s));
  EXPECT_FALSE(cache.find("https://a.org", now + 60s));
  for (int i = 0; i < 1000; ++i) cache.store(std::to_string(i), {}, 60s, now);
  EXPECT_LE(cache.size(), RobotsCache::kMaxEntries);
}

}  // namespace
}  // namespace graphrail::net
