// How much callers may: the daily quotas of the tiers, the operator's budget, what is metered.
#include <atomic>
#include <thread>
#include <vector>

#include "api/guard_world.h"

namespace graphrail::test {
namespace {

using GuardApi = GuardTest;

TEST_F(GuardApi, AnAnonymousCallerHasOneGenerationADay) {
  const boost::json::object before = usage();
  EXPECT_EQ(before, (boost::json::object{{"used", 0},
                                         {"limit", 1},
                                         {"reset", kFourteenHours + kToReset},
                                         {"remaining", 1},
                                         {"tier", "anon"},
                                         {"metered", true}}));
  const HttpReply first = generate();
  EXPECT_EQ(first.status, 200);
  EXPECT_EQ(first.header("RateLimit-Policy"), R"("daily";q=1;w=86400)");
  EXPECT_EQ(first.header("RateLimit"), R"("daily";r=0;t=36000)");
  EXPECT_TRUE(boost::json::parse(first.body).at("meta").at("metered").as_bool());
  EXPECT_EQ(usage().at("used"), 1);
  EXPECT_EQ(usage().at("remaining"), 0);

  const HttpReply second = generate();
  EXPECT_EQ(second.status, 429);
  EXPECT_EQ(second.header("Retry-After"), "36000");
  EXPECT_EQ(second.header("RateLimit-Policy"), R"("daily";q=1;w=86400)");
  EXPECT_EQ(second.header("RateLimit"), R"("daily";r=0;t=36000)");
  const boost::json::value problem = boost::json::parse(second.body);
  EXPECT_EQ(problem.at("type"), "https://iana.org/assignments/http-problem-types#quota-exceeded");
  EXPECT_EQ(problem.at("title"), "Quota exceeded");
  EXPECT_EQ(problem.at("error"), "rate_limited");
  EXPECT_EQ(problem.at("violated"), "daily");
  EXPECT_EQ(problem.at("violated-policies"), boost::json::array{"daily"});
  EXPECT_EQ(problem.at("retry_after"), kToReset);
  EXPECT_EQ(used(), 1) << "a denied try counts for nothing";
  EXPECT_EQ(model_->calls, 1);
}

struct TierCase {
  const char* name;
  const char* subject;
  const char* plan;
  int limit;
  const char* tier;
};

class Tiers : public GuardTest, public testing::WithParamInterface<TierCase> {};

TEST_P(Tiers, AdmitExactlyTheirLimit) {
  const TierCase& row = GetParam();
  const Headers caller = *row.subject == '\0' ? Headers() : user(row.subject, row.plan);
  EXPECT_EQ(usage(caller).at("tier"), row.tier);
  EXPECT_EQ(usage(caller).at("limit"), row.limit);
  for (int i = 1; i <= row.limit; ++i) {
    EXPECT_EQ(generate(caller).status, 200) << i;
    EXPECT_EQ(used(caller), i);
  }
  EXPECT_EQ(generate(caller).status, 429);
  EXPECT_EQ(model_->calls, row.limit);
  EXPECT_EQ(generate(user("somebody-else")).status, 200);
}

INSTANTIATE_TEST_SUITE_P(Each, Tiers,
                         testing::Values(TierCase{"Anonymous", "", "", 1, "anon"},
                                         TierCase{"SignedIn", "anna", "", 3, "auth"},
                                         TierCase{"Plan", "anna", "pro", 5, "pro"},
                                         TierCase{"UnknownPlan", "anna", "gold", 3, "auth"},
                                         TierCase{"PlanNamedLikeTheAnonymous", "anna", "anon", 3,
                                                  "auth"}),
                         [](const auto& info) { return std::string(info.param.name); });

TEST_F(GuardApi, ATierWithoutAQuotaIsNotCounted) {
  const Headers caller = user("anna", "open");
  for (int i = 0; i < 10; ++i) {
    const HttpReply reply = generate(caller);
    EXPECT_EQ(reply.status, 200);
    EXPECT_FALSE(reply.has("RateLimit"));
  }
  EXPECT_EQ(usage(caller), (boost::json::object{{"used", 0},
                                                {"limit", 0},
                                                {"reset", 0},
                                                {"remaining", 0},
                                                {"tier", "open"},
                                                {"metered", false}}));
}

TEST_F(GuardApi, SignedInCallersHaveCountersOfTheirOwn) {
  EXPECT_EQ(generate().status, 200);
  EXPECT_EQ(generate(user("anna")).status, 200);
  EXPECT_EQ(used(), 1);
  EXPECT_EQ(used(user("anna")), 1);
  EXPECT_EQ(used(user("bert")), 0);
}

TEST_F(GuardApi, TheNextDayBeginsAnew) {
  EXPECT_EQ(generate().status, 200);
  clock_->advance(std::chrono::seconds(kToReset - 1));
  EXPECT_EQ(generate().status, 429);
  EXPECT_EQ(generate().header("Retry-After"), "1");
  clock_->advance(std::chrono::seconds(1));
  EXPECT_EQ(used(), 0);
  EXPECT_EQ(usage().at("reset"), kFourteenHours + kToReset + kDay);
  EXPECT_EQ(generate().status, 200);
  EXPECT_EQ(generate().status, 429);
}

TEST_F(GuardApi, AGenerationCountsForTheDayItBeganOn) {
  auto gated = std::make_shared<GatedExtractor>();
  options_.model = gated;
  clock_->advance(std::chrono::seconds(kToReset - 10));
  RawClient client(server().port());
  client.send(make_post("/api/generate", kAnnouncementBody, "Content-Type: application/json\r\n"));
  ASSERT_TRUE(comes_true([&] { return gated->started == 1; }));
  EXPECT_EQ(used(), 1);
  clock_->advance(std::chrono::seconds(20));
  gated->is_open = true;
  const auto answer = client.read_response();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(used(), 0);
  EXPECT_EQ(generate().status, 200);
  EXPECT_EQ(generate().status, 429);
}

TEST_F(GuardApi, ManyAtOnceAreNotOneTooMany) {
  const Headers caller = user("anna");
  const TestServer& target = server();
  std::atomic<int> admitted{0};
  std::atomic<int> denied{0};
  {
    std::vector<std::jthread> clients;
    for (int i = 0; i < 12; ++i) {
      clients.emplace_back([&] {
        for (int attempt = 0; attempt < 5; ++attempt) {
          const int status = target.generate(kAnnouncementBody, caller).status;
          if (status == 200) ++admitted;
          if (status == 429) ++denied;
        }
      });
    }
  }
  EXPECT_EQ(admitted, 3);
  EXPECT_EQ(denied, 57);
  EXPECT_EQ(model_->calls, 3);
  EXPECT_EQ(used(caller), 3);
}

TEST_F(GuardApi, ARequestIdIsNoTicket) {
  Headers caller = user("anna");
  caller.emplace_back("X-Request-Id", "the-same-one");
  EXPECT_EQ(generate(caller).header("X-Request-Id"), "the-same-one");
  EXPECT_EQ(generate(caller).status, 200);
  EXPECT_EQ(used(caller), 2);
}

TEST_F(GuardApi, OnlyGenerationsCount) {
  for (const char* method : {"HEAD", "OPTIONS", "GET", "PUT", "DELETE"}) {
    EXPECT_NE(server().send(method, "/api/generate").status, 200) << method;
  }
  EXPECT_EQ(server().send("HEAD", "/api/usage").status, 200);
  EXPECT_EQ(server().send("OPTIONS", "/api/usage").status, 204);
  EXPECT_EQ(generate({}, "{").status, 400);
  EXPECT_EQ(generate({}, R"({"input":"too short"})").status, 400);
  EXPECT_EQ(generate({}, R"({"input":")" + kAnnouncement + R"(","schema":"botany"})").status, 400);
  EXPECT_EQ(used(), 0);
  EXPECT_EQ(generate().status, 200);
}

TEST_F(GuardApi, TheRulesEngineCostsNothing) {
  const std::string body = R"({"engine":"rules","input":")" + kAnnouncement + "\"}";
  for (int i = 0; i < 3; ++i) {
    const HttpReply reply = generate({}, body);
    EXPECT_EQ(reply.status, 200);
    EXPECT_FALSE(reply.has("RateLimit"));
    EXPECT_FALSE(boost::json::parse(reply.body).at("meta").at("metered").as_bool());
  }
  EXPECT_EQ(used(), 0);
}

TEST_F(GuardApi, WithoutAModelNothingIsMetered) {
  options_.model = nullptr;
  EXPECT_EQ(usage().at("metered"), false);
  EXPECT_EQ(usage().at("limit"), 1);
  EXPECT_EQ(generate().status, 200);
  EXPECT_EQ(generate().status, 200);
  EXPECT_EQ(used(), 0);
}

TEST_F(GuardApi, AnOperatorMayMeterEverything) {
  options_.guard.allowances.charges_all = true;
  options_.model = nullptr;
  EXPECT_EQ(usage().at("metered"), true);
  const HttpReply first = generate();
  EXPECT_EQ(first.status, 200);
  EXPECT_TRUE(boost::json::parse(first.body).at("meta").at("metered").as_bool());
  EXPECT_EQ(used(), 1);
  EXPECT_EQ(generate().status, 429);
  EXPECT_EQ(generate(own_key()).status, 429) << "everything means own keys too";
}

TEST_F(GuardApi, WithQuotasOffNothingIsCounted) {
  options_.guard.allowances = {.anonymous = {}, .signed_in = {}};
  for (int i = 0; i < 5; ++i) {
    const HttpReply reply = generate();
    EXPECT_EQ(reply.status, 200);
    EXPECT_FALSE(reply.has("RateLimit"));
    EXPECT_FALSE(boost::json::parse(reply.body).at("meta").at("metered").as_bool());
  }
  const boost::json::object off = usage();
  EXPECT_EQ(off.at("used"), 0);
  EXPECT_EQ(off.at("limit"), 0);
  EXPECT_EQ(off.at("reset"), 0);
  EXPECT_EQ(off.at("metered"), false);
  EXPECT_FALSE(server().get("/api/usage").has("RateLimit"));
}

TEST_F(GuardApi, AQuotaOfNothingAdmitsNobody) {
  options_.guard.allowances.anonymous = {0};
  EXPECT_EQ(generate().status, 429);
  EXPECT_EQ(model_->calls, 0);
  EXPECT_EQ(generate(user("anna")).status, 200);
}

TEST_F(GuardApi, TheBudgetIsSharedByAll) {
  options_.guard.allowances.budget = {.limit = 2};
  EXPECT_EQ(generate(user("anna")).status, 200);
  EXPECT_EQ(generate(user("bert")).status, 200);
  const HttpReply third = generate(user("cleo"));
  EXPECT_EQ(third.status, 429);
  EXPECT_EQ(third.header("Retry-After"), std::to_string(kToReset));
  EXPECT_EQ(third.header("RateLimit"), "\"budget\";r=0;t=" + std::to_string(kToReset));
  EXPECT_FALSE(third.has("RateLimit-Policy")) << "how much it is, is the operator's to know";
  const boost::json::value problem = boost::json::parse(third.body);
  EXPECT_EQ(problem.at("violated"), "budget");
  EXPECT_EQ(problem.at("violated-policies"), boost::json::array{"budget"});
  EXPECT_EQ(used(user("cleo")), 0) << "all claims are met or none is";
  EXPECT_EQ(generate(own_key()).status, 200) << "an own key needs none of it";
  clock_->advance(std::chrono::seconds(kToReset));
  EXPECT_EQ(generate(user("cleo")).status, 200);
}

TEST_F(GuardApi, ABudgetInTokensIsChargedWhatWasSpent) {
  // A generation of the announcement reserves some 20,000 of them.
  options_.guard.allowances.budget = {.limit = 100'000, .unit = quota::BudgetUnit::kTokens};
  model_->tokens = 100;
  for (const char* name : {"anna", "bert", "cleo", "dora"}) {
    EXPECT_EQ(generate(user(name)).status, 200) << name;
  }
  model_->tokens = 90'000;
  EXPECT_EQ(generate(user("emil")).status, 200);
  const HttpReply denied = generate(user("fred"));
  EXPECT_EQ(denied.status, 429);
  EXPECT_EQ(boost::json::parse(denied.body).at("violated"), "budget");
  EXPECT_EQ(used(user("fred")), 0);
}

TEST_F(GuardApi, ABudgetCountsWhereQuotasAreOff) {
  options_.guard.allowances = {.anonymous = {}, .signed_in = {}, .budget = {.limit = 1}};
  const HttpReply first = generate();
  EXPECT_EQ(first.status, 200);
  EXPECT_FALSE(first.has("RateLimit"));
  const HttpReply second = generate();
  EXPECT_EQ(second.status, 429);
  EXPECT_EQ(boost::json::parse(second.body).at("violated"), "budget");
}

TEST_F(GuardApi, ALedgerThatIsAwayAdmitsNobody) {
  options_.guard.ledger = std::make_shared<BrokenLedger>();
  const HttpReply reply = generate();
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(boost::json::parse(reply.body).at("error"), "service_unavailable");
  EXPECT_EQ(server().get("/api/usage").status, 503);
  EXPECT_EQ(model_->calls, 0);
  EXPECT_EQ(pages_->reads, 0);
  EXPECT_EQ(generate(own_key()).status, 200) << "what is not charged does not need it";
}

}  // namespace
}  // namespace graphrail::test
