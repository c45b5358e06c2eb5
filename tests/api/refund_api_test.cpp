// How a charge ends: what is given back, what stands, when the page fails, the model fails, the
// answer was kept from before, or the client leaves.
#include "api/guard_world.h"
#include "generate/generate.h"
#include "generate/shared_extractor.h"
#include "history/graph_cache.h"
#include "llm/call_error.h"
#include "net/fetch_error.h"
#include "quota/meter.h"

namespace graphrail::test {
namespace {

using llm::LlmError;
constexpr std::string_view kPage = "https://news.example/funding";
constexpr std::string_view kJsonLines = "Content-Type: application/json\r\n";
constexpr std::string_view kLiveLines =
    "Content-Type: application/json\r\nAccept: text/event-stream\r\n";

core::Error model_error(LlmError error) {
  return llm::make_call_error({.error = error, .cause = kPrivateCause});
}

using RefundApi = GuardTest;

TEST_F(RefundApi, AFailingPageCostsNothing) {
  pages_->fail_with(net::make_error(net::FetchError::kNotFound, "404"));
  for (int i = 0; i < 3; ++i) {
    const HttpReply reply = generate({}, page_body(kPage));
    EXPECT_EQ(reply.status, 400);
    EXPECT_EQ(boost::json::parse(reply.body).at("error"), "scrape_failed");
    EXPECT_EQ(used(), 0);
  }
  EXPECT_EQ(outcomes("refunded"), 3U);
  EXPECT_EQ(model_->calls, 0);
  pages_->fail_with(std::nullopt);
  EXPECT_EQ(generate({}, page_body(kPage)).status, 200);
  EXPECT_EQ(used(), 1);
}

struct FailingModelCase {
  const char* name;
  LlmError error;
  int status;
  const char* reason;
};

class FailingModels : public GuardTest, public testing::WithParamInterface<FailingModelCase> {};

TEST_P(FailingModels, CostNothing) {
  for (const bool is_late : {false, true}) {
    model_->fails_late = is_late;
    model_->fail_with(model_error(GetParam().error));
    const HttpReply reply = generate();
    EXPECT_EQ(reply.status, GetParam().status);
    EXPECT_EQ(boost::json::parse(reply.body).at("reason"), GetParam().reason);
    EXPECT_EQ(used(), 0);
  }
  model_->fail_with(std::nullopt);
  EXPECT_EQ(generate().status, 200);
}

INSTANTIATE_TEST_SUITE_P(
    Each, FailingModels,
    testing::Values(
        FailingModelCase{"Unavailable", LlmError::kUnavailable, 503, "model_unavailable"},
        FailingModelCase{"Timeout", LlmError::kTimeout, 503, "model_timeout"},
        FailingModelCase{"WrongKeyOfTheOperator", LlmError::kWrongKey, 503, "model_key_refused"},
        FailingModelCase{"NoCredit", LlmError::kInsufficientQuota, 503, "model_quota_exhausted"},
        FailingModelCase{"Refused", LlmError::kRefused, 400, "model_refused"},
        FailingModelCase{"Filtered", LlmError::kContentFiltered, 400, "model_content_filter"}),
    [](const auto& info) { return std::string(info.param.name); });

TEST_F(RefundApi, ADefectCostsNothing) {
  options_.model = std::make_shared<ThrowingExtractor>();
  EXPECT_EQ(generate().status, 500);
  EXPECT_EQ(used(), 0);
}

TEST_F(RefundApi, DeclinedTextsAreForgivenAFewTimesADay) {
  model_->fail_with(model_error(LlmError::kRefused));
  for (std::uint32_t i = 0; i < quota::kForgivenPerDay; ++i) {
    EXPECT_EQ(generate().status, 400);
    EXPECT_EQ(used(), 0);
  }
  EXPECT_EQ(generate().status, 400);
  EXPECT_EQ(used(), 1) << "the model was asked each time, and the caller may not go on for ever";
  EXPECT_EQ(generate().status, 429);
  EXPECT_EQ(model_->calls, static_cast<int>(quota::kForgivenPerDay) + 1);
  EXPECT_EQ(generate(user("anna")).status, 400);
  EXPECT_EQ(used(user("anna")), 0) << "others have their own patience";
}

TEST_F(RefundApi, AnOutageIsAlwaysForgiven) {
  model_->fail_with(model_error(LlmError::kUnavailable));
  for (std::uint32_t i = 0; i < quota::kForgivenPerDay + 3; ++i) {
    EXPECT_EQ(generate().status, 503);
  }
  EXPECT_EQ(used(), 0);
}

TEST_F(RefundApi, AGraphThatWasKeptCostsNothing) {
  options_.model = generate::make_shared_extractor(
      {.engine = model_,
       .cache = history::make_memory_graph_cache(1'000'000, 3'600, clock_),
       .clock = clock_,
       .fingerprint = "test"});
  const Headers caller = user("anna");
  EXPECT_EQ(generate(caller, page_body(kPage)).status, 200);
  EXPECT_EQ(used(caller), 1);
  const HttpReply kept = generate(caller, page_body(kPage));
  EXPECT_EQ(kept.status, 200);
  const boost::json::value meta = boost::json::parse(kept.body).at("meta");
  EXPECT_FALSE(meta.at("metered").as_bool());
  EXPECT_EQ(meta.at("graph_cache_age_seconds"), 0);
  EXPECT_EQ(kept.header("RateLimit"), R"("daily";r=2;t=36000)") << "as after giving it back";
  EXPECT_EQ(used(caller), 1);
  EXPECT_EQ(model_->calls, 1);

  EXPECT_EQ(generate(caller, page_body(kPage, R"(,"force_refresh":true)")).status, 200);
  EXPECT_EQ(used(caller), 2) << "force_refresh is charged like any generation";
  EXPECT_EQ(model_->calls, 2);
}

class LeavingCallers : public GuardTest, public testing::WithParamInterface<std::string_view> {
 protected:
  /// Asks and leaves once the model is at work; returns when the model's work has ended.
  void leave_while_the_model_works() {
    const int before = gated_->started;
    RawClient client(server().port());
    client.send(make_post("/api/generate", kAnnouncementBody, GetParam()));
    ASSERT_TRUE(comes_true([&] { return gated_->started > before; }));
    client.close();
    ASSERT_TRUE(gated_->wait_for_end(before + 1));
  }

  std::shared_ptr<GatedExtractor> gated_ = std::make_shared<GatedExtractor>();
};

TEST_P(LeavingCallers, GetBackWhatTheModelDidNotBegin) {
  options_.model = gated_;
  gated_->shows_node = false;
  leave_while_the_model_works();
  EXPECT_TRUE(comes_true([&] { return outcomes("refunded") == 1; }));
  EXPECT_EQ(used(), 0);
}

TEST_P(LeavingCallers, PayForAnAnswerThatHadBegun) {
  options_.model = gated_;
  leave_while_the_model_works();
  EXPECT_TRUE(comes_true([&] { return outcomes("settled") == 1; }));
  EXPECT_EQ(used(), 1);
  EXPECT_EQ(generate().status, 429);
}

TEST_P(LeavingCallers, AreForgivenAFewTimesADay) {
  options_.model = gated_;
  gated_->shows_node = false;
  for (std::uint32_t i = 1; i <= quota::kForgivenPerDay; ++i) {
    leave_while_the_model_works();
    ASSERT_TRUE(comes_true([&] { return outcomes("refunded") == i; }));
    ASSERT_EQ(used(), 0);
  }
  leave_while_the_model_works();
  ASSERT_TRUE(comes_true([&] { return outcomes("settled") == 1; }));
  EXPECT_EQ(used(), 1);
  EXPECT_EQ(generate().status, 429);
}

TEST_P(LeavingCallers, GetBackWhatThePageDidNotGive) {
  pages_->hangs = true;
  for (std::uint32_t i = 1; i <= quota::kForgivenPerDay + 2; ++i) {
    const int before = pages_->reads;
    RawClient client(server().port());
    client.send(make_post("/api/generate", page_body(kPage), GetParam()));
    ASSERT_TRUE(comes_true([&] { return pages_->reads > before; }));
    client.close();
    ASSERT_TRUE(comes_true([&] { return outcomes("refunded") == i; })) << i;
    ASSERT_EQ(used(), 0) << "no model was asked, so this may go on";
  }
  EXPECT_EQ(model_->calls, 0);
}

INSTANTIATE_TEST_SUITE_P(Answers, LeavingCallers, testing::Values(kJsonLines, kLiveLines),
                         [](const auto& info) { return info.index == 0 ? "Whole" : "Live"; });

TEST_F(RefundApi, ALiveAnswerIsChargedAndTellsTheCounterUpFront) {
  const HttpReply reply = generate({{"Accept", "text/event-stream"}});
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.header("RateLimit"), R"("daily";r=0;t=36000)");
  EXPECT_NE(reply.body.find("event: done"), std::string::npos);
  EXPECT_EQ(used(), 1);
  const HttpReply denied = generate({{"Accept", "text/event-stream"}});
  EXPECT_EQ(denied.status, 429) << "refused before anything is shown, with its status";
  EXPECT_EQ(denied.header("Content-Type"), "application/problem+json");
}

TEST_F(RefundApi, ALateFailureOfALiveAnswerCostsNothing) {
  model_->fails_late = true;
  model_->fail_with(model_error(LlmError::kUnavailable));
  const HttpReply reply = generate({{"Accept", "text/event-stream"}});
  EXPECT_EQ(reply.status, 200);
  EXPECT_NE(reply.body.find("event: error"), std::string::npos);
  EXPECT_EQ(used(), 0);
}

}  // namespace
}  // namespace graphrail::test
