#include "generate/own_key_check.h"

#include <gtest/gtest.h>

#include "core/core_error.h"
#include "generate/generate.h"
#include "identity/identity_error.h"
#include "quota/quota_error.h"
#include "support/await.h"
#include "support/llm/key_server.h"

namespace graphrail::generate {
namespace {

using identity::IdentityError;
using llm::LlmError;
using quota::QuotaError;
using std::chrono::seconds;

constexpr const char* kAddress = "203.0.113.7";

class OwnKeyCheckTest : public testing::Test {
 protected:
  OwnKeyCheck make(std::uint32_t most_refusals = 0) {
    std::shared_ptr<quota::BurstLimiter> refusals;
    if (most_refusals > 0) {
      refusals = std::make_shared<quota::BurstLimiter>(
          quota::BurstLimiterOptions{.policy = {.limit = most_refusals}}, clock_);
    }
    return OwnKeyCheck({.client = server_,
                        .memory = std::make_shared<identity::OwnKeyMemory>(clock_, *random_),
                        .refusals = std::move(refusals),
                        .clock = clock_});
  }
  static std::shared_ptr<const core::Secret> key(const std::string& text = "sk-check-1") {
    return std::make_shared<const core::Secret>(std::string_view(text));
  }
  /// No code when the key is good.
  static std::error_code check(OwnKeyCheck& checking, const std::string& text = "sk-check-1",
                               const std::string& address = kAddress) {
    const core::Result<void> checked = test::await(checking.check(key(text), address));
    return checked ? std::error_code() : checked.error().code();
  }

  std::shared_ptr<core::ManualClock> clock_ = std::make_shared<core::ManualClock>();
  std::shared_ptr<core::Random> random_ = core::make_seeded_random(1);
  std::shared_ptr<test::KeyServer> server_ = std::make_shared<test::KeyServer>();
};

TEST_F(OwnKeyCheckTest, AsksAboutAGoodKeyOnceInSomeMinutes) {
  OwnKeyCheck checking = make();
  for (int i = 0; i < 3; ++i) EXPECT_FALSE(check(checking));
  EXPECT_EQ(server_->asked, 1);
  EXPECT_FALSE(check(checking, "sk-check-2"));
  EXPECT_EQ(server_->asked, 2);
  clock_->advance(seconds(600));
  EXPECT_FALSE(check(checking));
  EXPECT_EQ(server_->asked, 3);
}

TEST_F(OwnKeyCheckTest, RemembersARefusalForAMinute) {
  OwnKeyCheck checking = make();
  server_->answer("sk-check-1", LlmError::kWrongKey);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(check(checking), IdentityError::kOwnKeyRefused);
  EXPECT_EQ(server_->asked, 1);
  server_->answer("sk-check-1", std::nullopt);
  clock_->advance(seconds(60));
  EXPECT_FALSE(check(checking));
}

struct Outcome {
  LlmError answer;
  std::error_code code;
};

TEST_F(OwnKeyCheckTest, TellsWhatTheAnswerMeans) {
  const Outcome rows[] = {{LlmError::kWrongKey, IdentityError::kOwnKeyRefused},
                          {LlmError::kInsufficientQuota, IdentityError::kOwnKeyWithoutCredit},
                          {LlmError::kUnavailable, GenerateError::kModelUnavailable},
                          {LlmError::kTimeout, GenerateError::kModelUnavailable},
                          {LlmError::kRateLimited, GenerateError::kModelUnavailable},
                          {LlmError::kModelNotFound, {}},
                          {LlmError::kMalformedAnswer, {}},
                          {LlmError::kAnswerTooLarge, {}},
                          {LlmError::kUnsupportedParameter, {}}};
  for (const Outcome& row : rows) {
    OwnKeyCheck checking = make();
    server_->answer("sk-check-1", row.answer);
    EXPECT_EQ(check(checking), row.code) << llm::outcome_name(row.answer);
  }
}

TEST_F(OwnKeyCheckTest, WhatProvesNothingIsNotRemembered) {
  OwnKeyCheck checking = make();
  for (const LlmError answer :
       {LlmError::kModelNotFound, LlmError::kUnavailable, LlmError::kInsufficientQuota}) {
    server_->answer("sk-check-1", answer);
    const int before = server_->asked;
    (void)check(checking);
    (void)check(checking);
    EXPECT_EQ(server_->asked, before + 2) << llm::outcome_name(answer);
  }
}

TEST_F(OwnKeyCheckTest, AfterTooManyRefusalsAnAddressAsksNoMore) {
  OwnKeyCheck checking = make(2);
  for (const char* text : {"sk-guess-1", "sk-guess-2", "sk-guess-3"}) {
    server_->answer(text, LlmError::kWrongKey);
  }
  EXPECT_EQ(check(checking, "sk-guess-1"), IdentityError::kOwnKeyRefused);
  EXPECT_EQ(check(checking, "sk-guess-2"), IdentityError::kOwnKeyRefused);
  EXPECT_EQ(check(checking, "sk-guess-3"), QuotaError::kAbuse);
  EXPECT_EQ(server_->asked, 2);
  EXPECT_EQ(check(checking, "sk-guess-3", "203.0.113.8"), IdentityError::kOwnKeyRefused);
  clock_->advance(seconds(60));
  EXPECT_FALSE(check(checking));
}

TEST_F(OwnKeyCheckTest, AKnownGoodKeyIsNotShutOut) {
  OwnKeyCheck checking = make(1);
  EXPECT_FALSE(check(checking));
  server_->answer("sk-guess-1", LlmError::kWrongKey);
  EXPECT_EQ(check(checking, "sk-guess-1"), IdentityError::kOwnKeyRefused);
  EXPECT_EQ(check(checking, "sk-guess-2"), QuotaError::kAbuse);
  EXPECT_FALSE(check(checking));
}

TEST_F(OwnKeyCheckTest, AbuseSaysWhenToComeBack) {
  OwnKeyCheck checking = make(1);
  server_->answer("sk-guess-1", LlmError::kWrongKey);
  (void)check(checking, "sk-guess-1");
  const core::Result<void> denied = test::await(checking.check(key("sk-guess-1"), kAddress));
  ASSERT_FALSE(denied);
  EXPECT_TRUE(denied.error().is(QuotaError::kAbuse));
  EXPECT_EQ(denied.error().retry_after_seconds(), 60);
}

TEST_F(OwnKeyCheckTest, ExplainsFailuresOfTheModelItself) {
  OwnKeyCheck checking = make();
  EXPECT_FALSE(check(checking));
  const auto explain = [&](core::Error error) {
    return checking.explain(std::move(error), *key(), kAddress).code();
  };
  EXPECT_EQ(explain(llm::make_call_error({.error = LlmError::kTimeout})), LlmError::kTimeout);
  EXPECT_EQ(explain(core::Error(core::CoreError::kBusy, {})), core::CoreError::kBusy);
  EXPECT_EQ(explain(llm::make_call_error({.error = LlmError::kInsufficientQuota})),
            IdentityError::kOwnKeyWithoutCredit);
  EXPECT_FALSE(check(checking)) << "still remembered as good";
  EXPECT_EQ(explain(llm::make_call_error({.error = LlmError::kWrongKey})),
            IdentityError::kOwnKeyRefused);
  EXPECT_EQ(check(checking), IdentityError::kOwnKeyRefused);
  EXPECT_EQ(server_->asked, 1);
}

}  // namespace
}  // namespace graphrail::generate
