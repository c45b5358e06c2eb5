// X-OpenAI-Key: who pays, what is asked before anything is fetched, and what a refusal costs.
#include "api/guard_world.h"

namespace graphrail::test {
namespace {

using llm::LlmError;
using OwnKeyApi = GuardTest;
constexpr std::string_view kPage = "https://news.example/funding";

TEST_F(OwnKeyApi, PaysForItselfWhateverTheQuota) {
  EXPECT_EQ(generate().status, 200);
  EXPECT_EQ(generate().status, 429);
  EXPECT_EQ(usage(own_key()).at("metered"), false);
  for (int i = 0; i < 3; ++i) {
    const HttpReply reply = generate(own_key());
    EXPECT_EQ(reply.status, 200);
    EXPECT_FALSE(reply.has("RateLimit"));
    EXPECT_FALSE(boost::json::parse(reply.body).at("meta").at("metered").as_bool());
  }
  EXPECT_EQ(used(), 1);
  EXPECT_EQ(model_->calls, 1);
  EXPECT_EQ(own_model_->calls, 3);
  EXPECT_EQ(own_model_->calls_with_key, 3);
  EXPECT_EQ(key_server_->asked, 1) << "a good key is asked about once in some minutes";
}

TEST_F(OwnKeyApi, ARefusedKeyEndsBeforeAnythingIsFetchedOrCharged) {
  key_server_->answer("sk-guard-test-1", LlmError::kWrongKey);
  for (int i = 0; i < 2; ++i) {
    const HttpReply reply = generate(own_key(), page_body(kPage));
    EXPECT_EQ(reply.status, 401);
    const boost::json::value problem = boost::json::parse(reply.body);
    EXPECT_EQ(problem.at("error"), "own_key_refused");
    EXPECT_EQ(problem.at("reason"), "refused");
    EXPECT_EQ(reply.header("WWW-Authenticate"), "X-OpenAI-Key");
    EXPECT_EQ(reply.body.find("sk-guard-test"), std::string::npos);
  }
  EXPECT_EQ(key_server_->asked, 1) << "the refusal is remembered";
  EXPECT_EQ(pages_->reads, 0);
  EXPECT_EQ(model_->calls, 0);
  EXPECT_EQ(own_model_->calls, 0);
  EXPECT_EQ(used(), 0);
  EXPECT_EQ(outcomes("admitted"), 0U);
}

TEST_F(OwnKeyApi, AnAccountWithoutCreditIsToldApart) {
  key_server_->answer("sk-guard-test-1", LlmError::kInsufficientQuota);
  const HttpReply reply = generate(own_key());
  EXPECT_EQ(reply.status, 401);
  EXPECT_EQ(boost::json::parse(reply.body).at("reason"), "no_credit");
}

TEST_F(OwnKeyApi, AServerThatCannotBeAskedIsNotTheKeysFault) {
  key_server_->answer("sk-guard-test-1", LlmError::kUnavailable);
  EXPECT_EQ(generate(own_key()).status, 503);
  EXPECT_EQ(own_model_->calls, 0);
  key_server_->answer("sk-guard-test-1", std::nullopt);
  EXPECT_EQ(generate(own_key()).status, 200);
}

TEST_F(OwnKeyApi, AServerThatListsNoModelsIsAskedWithTheText) {
  key_server_->answer("sk-guard-test-1", LlmError::kModelNotFound);
  EXPECT_EQ(generate(own_key()).status, 200);
  EXPECT_EQ(own_model_->calls, 1);
}

TEST_F(OwnKeyApi, AKeyThatTheModelRefusesIsToldAndRemembered) {
  own_model_->fail_with(llm::make_call_error({.error = LlmError::kWrongKey}));
  const HttpReply first = generate(own_key());
  EXPECT_EQ(first.status, 401);
  EXPECT_EQ(boost::json::parse(first.body).at("error"), "own_key_refused");
  EXPECT_EQ(generate(own_key()).status, 401);
  EXPECT_EQ(own_model_->calls, 1);
}

struct MalformedKey {
  const char* name;
  Headers headers;
};

class MalformedKeys : public GuardTest, public testing::WithParamInterface<MalformedKey> {};

TEST_P(MalformedKeys, AreRefusedNeverIgnored) {
  for (const char* target : {"/api/generate", "/api/usage"}) {
    const char* method = std::string_view(target) == "/api/usage" ? "GET" : "POST";
    const HttpReply reply = server().send(method, target, GetParam().headers, kAnnouncementBody);
    EXPECT_EQ(reply.status, 401) << target;
    expect_sound_answer(server(), reply);
    EXPECT_EQ(boost::json::parse(reply.body).at("error"), "own_key_refused");
    EXPECT_EQ(boost::json::parse(reply.body).at("reason"), "malformed");
  }
  EXPECT_EQ(used(), 0);
  EXPECT_EQ(key_server_->asked, 0);
}

INSTANTIATE_TEST_SUITE_P(
    Each, MalformedKeys,
    testing::Values(MalformedKey{"Short", {{"X-OpenAI-Key", "sk"}}},
                    MalformedKey{"Empty", {{"X-OpenAI-Key", ""}}},
                    MalformedKey{"Long", {{"X-OpenAI-Key", std::string(257, 'k')}}},
                    MalformedKey{"Space", {{"X-OpenAI-Key", "sk-guard test"}}},
                    MalformedKey{"Two",
                                 {{"X-OpenAI-Key", "sk-guard-1"}, {"x-openai-key", "sk-guard-2"}}}),
    [](const auto& info) { return std::string(info.param.name); });

TEST_F(OwnKeyApi, IsRefusedWhereItIsNotTaken) {
  options_.guard.own_key_model = nullptr;
  options_.guard.own_key_server = nullptr;
  const HttpReply reply = generate(own_key());
  EXPECT_EQ(reply.status, 401);
  EXPECT_EQ(boost::json::parse(reply.body).at("reason"), "not_taken");
  EXPECT_EQ(used(), 0);
  const std::string rules = R"({"engine":"rules","input":")" + kAnnouncement + "\"}";
  EXPECT_EQ(generate(own_key(), rules).status, 200) << "the rules engine needs no key";
  EXPECT_EQ(usage(own_key()).at("metered"), true);
}

TEST_F(OwnKeyApi, StaysUnderTheBurstLimit) {
  options_.guard.burst = {.limit = 3};
  for (int i = 0; i < 3; ++i) EXPECT_EQ(generate(own_key()).status, 200);
  const HttpReply denied = generate(own_key());
  EXPECT_EQ(denied.status, 429);
  EXPECT_EQ(boost::json::parse(denied.body).at("violated"), "burst");
}

TEST_F(OwnKeyApi, NobodyTriesOutKeysHere) {
  options_.guard.refusals = {.limit = 3, .window_ms = 3'600'000};
  for (int i = 0; i < 4; ++i) {
    const std::string key = "sk-guessed-" + std::to_string(i);
    key_server_->answer(key, LlmError::kWrongKey);
    const HttpReply reply = generate(own_key(key));
    EXPECT_EQ(reply.status, i < 3 ? 401 : 429) << i;
  }
  EXPECT_EQ(key_server_->asked, 3);
  const HttpReply denied = generate(own_key("sk-another-one"));
  EXPECT_EQ(denied.status, 429);
  const boost::json::value problem = boost::json::parse(denied.body);
  EXPECT_EQ(problem.at("violated"), "abuse");
  EXPECT_EQ(problem.at("type"),
            "https://iana.org/assignments/http-problem-types#abnormal-usage-detected");
  EXPECT_EQ(key_server_->asked, 3);
  EXPECT_EQ(generate().status, 200) << "without a key the address may go on";
}

}  // namespace
}  // namespace graphrail::test
