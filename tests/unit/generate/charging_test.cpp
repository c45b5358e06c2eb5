// What a generation asks of the ledger, and in which order.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include "generate/generate.h"
#include "generate/own_key_check.h"
#include "llm/call_error.h"
#include "net/fetch_error.h"
#include "quota/embedded_ledger.h"
#include "quota/quota_error.h"
#include "support/await.h"
#include "support/llm/key_server.h"
#include "support/quota/recording_ledger.h"
#include "support/server/scripted_extractor.h"
#include "support/server/scripted_pages.h"
#include "support/temporary_folder.h"

namespace graphrail::generate {
namespace {

using llm::LlmError;
using testing::ElementsAre;
using testing::IsEmpty;

const std::string kText = "Northlight Ventures led the seed round of Nova with two others.";

class Listener final : public Audience {
 public:
  void charged(const quota::Standing& daily) override { heard.push_back(daily); }
  std::vector<quota::Standing> heard;
};

class ChargingTest : public testing::Test {
 protected:
  ~ChargingTest() override { embedded_->stop(); }

  Generator make() {
    auto meter = std::make_shared<quota::Meter>(
        quota::Allowances(allowances_),
        quota::MeterParts{.ledger = ledger_,
                          .clock = clock_,
                          .random = random_,
                          .metrics = std::make_shared<observe::Metrics>()});
    auto check = std::make_shared<OwnKeyCheck>(
        OwnKeyCheckParts{.client = key_server_,
                         .memory = std::make_shared<identity::OwnKeyMemory>(clock_, *random_),
                         .clock = clock_});
    return Generator({.rules = rules_,
                      .model = model_,
                      .own_key_model = own_model_,
                      .own_key_check = std::move(check),
                      .meter = std::move(meter),
                      .pages = pages_,
                      .graphs = nullptr,
                      .clock = clock_,
                      .random = random_});
  }
  static GenerateRequest ask(std::string input = kText) {
    GenerateRequest request;
    request.input = std::move(input);
    request.caller = {.address = "203.0.113.7", .user = "", .plan = ""};
    return request;
  }
  static GenerateRequest with_key(GenerateRequest request) {
    request.own_key = std::make_shared<const core::Secret>(std::string_view("sk-charging-1"));
    return request;
  }
  core::Result<GenerateResult> generate(GenerateRequest request) {
    Generator generator = make();
    return test::await(generator.generate(std::move(request)));
  }

  test::TemporaryFolder folder_;
  std::shared_ptr<core::ManualClock> clock_ = std::make_shared<core::ManualClock>();
  std::shared_ptr<core::Random> random_ = core::make_seeded_random(4);
  std::shared_ptr<quota::EmbeddedLedger> embedded_ =
      quota::EmbeddedLedger::open({.file = folder_ / "quota.db"}, clock_).value();
  std::shared_ptr<test::RecordingLedger> ledger_ =
      std::make_shared<test::RecordingLedger>(*embedded_);
  quota::AllowanceOptions allowances_{.anonymous = {3}};
  std::shared_ptr<test::ScriptedExtractor> rules_ = std::make_shared<test::ScriptedExtractor>();
  std::shared_ptr<test::ScriptedExtractor> model_ = std::make_shared<test::ScriptedExtractor>();
  std::shared_ptr<test::ScriptedExtractor> own_model_ = std::make_shared<test::ScriptedExtractor>();
  std::shared_ptr<test::KeyServer> key_server_ = std::make_shared<test::KeyServer>();
  std::shared_ptr<test::ScriptedPages> pages_ = std::make_shared<test::ScriptedPages>(kText);
};

TEST_F(ChargingTest, AModelsAnswerIsChargedAndSettled) {
  const auto result = generate(ask());
  ASSERT_TRUE(result.has_value());
  EXPECT_TRUE(result->meta.metered);
  EXPECT_THAT(ledger_->calls, ElementsAre("charge anon:203.0.113.7 1/3", "settle"));
  EXPECT_EQ(ledger_->ids[0], ledger_->ids[1]);
}

TEST_F(ChargingTest, ABudgetInTokensIsSettledWithWhatWasSpent) {
  allowances_.budget = {100'000, quota::BudgetUnit::kTokens};
  model_->tokens = 777;
  ASSERT_TRUE(generate(ask("https://example.com/a")).has_value());
  EXPECT_THAT(ledger_->calls,
              ElementsAre("charge anon:203.0.113.7 1/3 budget:all 36000/100000", "settle 777"));
}

TEST_F(ChargingTest, TheAudienceHearsTheCounter) {
  auto listener = std::make_shared<Listener>();
  GenerateRequest request = ask();
  request.audience = listener;
  ASSERT_TRUE(generate(std::move(request)).has_value());
  ASSERT_EQ(listener->heard.size(), 1U);
  EXPECT_EQ(listener->heard[0].used, 1U);
  EXPECT_EQ(listener->heard[0].limit, 3U);
}

TEST_F(ChargingTest, WhatFailsIsGivenBack) {
  pages_->fail_with(net::make_error(net::FetchError::kTimeout, "slow"));
  EXPECT_FALSE(generate(ask("https://example.com/a")).has_value());
  model_->fail_with(llm::make_call_error({.error = LlmError::kUnavailable}));
  EXPECT_FALSE(generate(ask()).has_value());
  EXPECT_THAT(ledger_->calls, ElementsAre("charge anon:203.0.113.7 1/3", "refund",
                                          "charge anon:203.0.113.7 1/3", "refund"));
}

TEST_F(ChargingTest, ADenialReachesNeitherPageNorModel) {
  allowances_.anonymous = {0};
  const auto denied = generate(ask("https://example.com/a"));
  ASSERT_FALSE(denied.has_value());
  EXPECT_TRUE(denied.error().is(quota::QuotaError::kDailyUsedUp));
  EXPECT_EQ(pages_->reads, 0);
  EXPECT_EQ(model_->calls, 0);
}

TEST_F(ChargingTest, ALedgerThatIsAwayLetsNothingThrough) {
  ledger_->is_away = true;
  const auto failed = generate(ask());
  ASSERT_FALSE(failed.has_value());
  EXPECT_TRUE(failed.error().is(quota::LedgerError::kUnavailable));
  EXPECT_EQ(model_->calls, 0);
}

TEST_F(ChargingTest, RulesAndOwnKeysCostNothing) {
  GenerateRequest by_rules = ask();
  by_rules.engine = Engine::kRules;
  ASSERT_TRUE(generate(std::move(by_rules)).has_value());
  ASSERT_TRUE(generate(with_key(ask())).has_value());
  EXPECT_EQ(own_model_->calls_with_key, 1);
  EXPECT_THAT(ledger_->calls, IsEmpty());
}

TEST_F(ChargingTest, WhereEverythingCountsTheyAreCharged) {
  allowances_.charges_all = true;
  GenerateRequest by_rules = ask();
  by_rules.engine = Engine::kRules;
  ASSERT_TRUE(generate(std::move(by_rules)).has_value());
  ASSERT_TRUE(generate(with_key(ask())).has_value());
  EXPECT_THAT(ledger_->calls, ElementsAre("charge anon:203.0.113.7 1/3", "settle",
                                          "charge anon:203.0.113.7 1/3", "settle"));
}

TEST_F(ChargingTest, ABadKeyEndsBeforeTheChargeAndThePage) {
  allowances_.charges_all = true;
  key_server_->answer("sk-charging-1", LlmError::kWrongKey);
  ASSERT_FALSE(generate(with_key(ask("https://example.com/a"))).has_value());
  EXPECT_THAT(ledger_->calls, IsEmpty());
  EXPECT_EQ(pages_->reads, 0);
}

TEST_F(ChargingTest, AKeyForTheRulesEngineIsNotSentAnywhere) {
  GenerateRequest request = with_key(ask());
  request.engine = Engine::kRules;
  ASSERT_TRUE(generate(std::move(request)).has_value());
  EXPECT_EQ(key_server_->asked, 0);
  EXPECT_EQ(rules_->calls_with_key, 0);
}

TEST_F(ChargingTest, ACancelledCallStillEndsItsCharge) {
  Generator generator = make();
  boost::asio::io_context context;
  boost::asio::cancellation_signal signal;
  bool is_answered = false;
  boost::asio::co_spawn(
      context, generator.generate(ask()),
      boost::asio::bind_cancellation_slot(
          signal.slot(), [&](const std::exception_ptr&, const core::Result<GenerateResult>& made) {
            is_answered = made.has_value();
          }));
  boost::asio::post(context, [&] { signal.emit(boost::asio::cancellation_type::terminal); });
  context.run();
  EXPECT_TRUE(is_answered);
  EXPECT_THAT(ledger_->calls, ElementsAre("charge anon:203.0.113.7 1/3", "settle"));
}

TEST_F(ChargingTest, SaysBeforehandWhatIsMetered) {
  EXPECT_TRUE(make().is_metered(false));
  EXPECT_FALSE(make().is_metered(true));
  own_model_ = nullptr;
  EXPECT_TRUE(make().is_metered(true)) << "keys are not taken here";
  model_ = nullptr;
  EXPECT_FALSE(make().is_metered(false));
  allowances_.charges_all = true;
  EXPECT_TRUE(make().is_metered(false));
  const Generator uncounted(
      {.rules = rules_, .pages = nullptr, .graphs = nullptr, .clock = clock_, .random = random_});
  EXPECT_FALSE(uncounted.is_metered(false));
}

}  // namespace
}  // namespace graphrail::generate
