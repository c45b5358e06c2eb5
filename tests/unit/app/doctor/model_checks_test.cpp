#include "app/doctor/model_checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/doctor/model_advice.h"
#include "app/doctor/sample.h"
#include "llm/call_error.h"

namespace graphrail::app::doctor {
namespace {

using llm::LlmError;
using testing::AllOf;
using testing::HasSubstr;

core::Error make_error(LlmError kind, std::string cause = "", std::string_view reason = "") {
  llm::CallFailure failure;
  failure.error = kind;
  failure.cause = std::move(cause);
  failure.reason = reason;
  return llm::make_call_error(failure);
}

graph::Graph sample_graph() {
  graph::Graph graph;
  for (const char* label : {"Fernhollow", "Fernhollow Series A", "Merrow Peak Ventures",
                            "Saltmarsh Capital", "Ilse Brandvold", "Tomas Quaye"}) {
    graph.nodes.push_back({.id = label, .label = label, .type = "Project"});
  }
  const auto add = [&graph](const char* source, const char* relation, const char* target) {
    graph.edges.push_back({source, target, relation, {}});
  };
  add("Fernhollow", "RAISED", "Fernhollow Series A");
  add("Merrow Peak Ventures", "LED", "Fernhollow Series A");
  add("Saltmarsh Capital", "INVESTED_IN", "Fernhollow Series A");
  add("Ilse Brandvold", "FOUNDED", "Fernhollow");
  add("Tomas Quaye", "FOUNDED", "Fernhollow");
  return graph;
}

CallSight make_call(llm::Rung rung = llm::Rung::kStrictSchema) {
  CallSight call;
  call.prompt_bytes = 4'000;
  call.answer.usage = {1'000, 200};
  call.answer.rung = rung;
  call.answer.capability.rung = rung;
  call.answer.cost_usd = 0.001;
  return call;
}

ReadingSight good_reading() {
  ReadingSight reading;
  reading.graph = sample_graph();
  reading.calls = {make_call()};
  reading.text_chars = 300;
  reading.first_element = std::chrono::milliseconds(812);
  reading.took = std::chrono::milliseconds(2'345);
  return reading;
}

/// A server on which everything works.
ModelSight good_sight() {
  ModelSight sight;
  sight.setting = {.address = "https://models.test/v1",
                   .model = "alpha-7b",
                   .has_key = true,
                   .is_own_server = false,
                   .timeout_seconds = 120,
                   .content_chars = 32'000};
  sight.listing_took = std::chrono::milliseconds(31);
  sight.models = {"beta-large", "alpha-7b", "alpha-70b"};
  sight.sample = good_reading();
  return sight;
}

Check find(const Checks& checks, std::string_view name) {
  for (const Check& check : checks) {
    if (check.name == name) return check;
  }
  ADD_FAILURE() << "no check " << name;
  return {};
}

TEST(DoctorModel, AGoodServerIsAllFine) {
  const Checks checks = check_model(good_sight());
  EXPECT_EQ(verdict(checks), kOk);
  for (const Check& check : checks) EXPECT_EQ(check.state, CheckState::kOk) << check.name;
  EXPECT_EQ(find(checks, "model server").seen, "https://models.test/v1 answers in 31 ms");
  EXPECT_EQ(find(checks, "model key").seen, "taken");
  EXPECT_EQ(find(checks, "model name").seen, "alpha-7b is one of 3 the server lists");
  EXPECT_EQ(find(checks, "reading").seen,
            "5 of 5 facts of a sample, 6 nodes, 5 edges; the first after 812 ms, all after 2.3 s");
  EXPECT_EQ(find(checks, "tokens").seen, "1000 read, 200 written; 0.001000 USD");
}

TEST(DoctorModel, AServerThatIsNotThereIsUnavailableAndNothingElseIsSaid) {
  for (const auto& [error, words] :
       {std::pair{make_error(LlmError::kUnavailable, "libcurl 7", "unreachable"), "running"},
        std::pair{make_error(LlmError::kUnavailable, "libcurl 60", "tls"), "MODEL_CA_FILE"},
        std::pair{make_error(LlmError::kTimeout), "MODEL_TIMEOUT_SECONDS (120)"}}) {
    ModelSight sight = good_sight();
    sight.listing_error = error;
    sight.sample.reset();
    const Checks checks = check_model(sight);
    ASSERT_EQ(checks.size(), 1U);
    EXPECT_THAT(checks.front().seen, HasSubstr("https://models.test/v1: "));
    EXPECT_THAT(checks.front().mend, HasSubstr(words));
    EXPECT_EQ(verdict(checks), kUnavailable);
  }
}

TEST(DoctorModel, ARefusedKeyIsTheKeysFault) {
  ModelSight sight = good_sight();
  sight.listing_error = make_error(LlmError::kWrongKey, "status 401");
  sight.sample.reset();
  Checks checks = check_model(sight);
  EXPECT_EQ(verdict(checks), kFailed);
  EXPECT_THAT(find(checks, "model key").mend, HasSubstr("OPENAI_KEY_HEADER"));
  sight.setting.has_key = false;
  EXPECT_THAT(find(check_model(sight), "model key").mend, HasSubstr("No key is set"));

  // Some servers list their models to everybody.
  sight = good_sight();
  sight.sample->error = make_error(LlmError::kWrongKey, "status 401");
  EXPECT_EQ(find(check_model(sight), "model key").state, CheckState::kFailed);
}

TEST(DoctorModel, AKeyInClearIsAWarningUnlessItStaysOnTheMachine) {
  ModelSight sight = good_sight();
  sight.setting.address = "http://models.test/v1";
  EXPECT_EQ(find(check_model(sight), "model server").state, CheckState::kWarning);
  sight.setting.has_key = false;
  EXPECT_EQ(find(check_model(sight), "model server").state, CheckState::kOk);
  sight.setting.has_key = true;
  for (const char* address : {"http://127.0.0.1:8001/v1", "http://localhost/v1", "http://[::1]/"}) {
    sight.setting.address = address;
    EXPECT_EQ(find(check_model(sight), "model server").state, CheckState::kOk) << address;
  }
}

TEST(DoctorModel, AnUnlistedModelIsNamedWithItsLikes) {
  ModelSight sight = good_sight();
  sight.setting.model = "alpha-13b";
  const Check check = find(check_model(sight), "model name");
  EXPECT_EQ(check.state, CheckState::kWarning);
  EXPECT_THAT(check.mend, HasSubstr(": alpha-7b, alpha-70b, beta-large."));
  sight.models = {"alpha-13b:latest"};
  EXPECT_EQ(find(check_model(sight), "model name").state, CheckState::kOk);
  sight.models.clear();
  sight.listing_error = make_error(LlmError::kModelNotFound, "status 404: nothing here");
  EXPECT_EQ(find(check_model(sight), "model name").state, CheckState::kNote);
}

TEST(DoctorModel, NamesAFewOfManyModels) {
  std::vector<std::string> models;
  for (int i = 0; i < 40; ++i) models.push_back("m" + std::to_string(i));
  EXPECT_EQ(name_some(models, "x-1"), "m0, m1, m2, m3, m4 and 35 more");
}

TEST(DoctorModel, EveryFailureOfACallHasAWayOut) {
  for (int kind = static_cast<int>(LlmError::kWrongKey);
       kind <= static_cast<int>(LlmError::kCancelled); ++kind) {
    const Advice advice = advise(make_error(static_cast<LlmError>(kind)), good_sight().setting, {});
    EXPECT_FALSE(advice.seen.empty()) << kind;
    EXPECT_FALSE(advice.mend.empty()) << kind;
  }
}

TEST(DoctorModel, AFailedSampleSaysWhatToDo) {
  for (const auto& [kind, words] :
       {std::pair{LlmError::kInsufficientQuota, "credit"},
        std::pair{LlmError::kModelNotFound, "beta-large"},
        std::pair{LlmError::kContextOverflow, "MAX_CONTENT_CHARS (now 32000)"},
        std::pair{LlmError::kTimeout, "MODEL_TIMEOUT_SECONDS"},
        std::pair{LlmError::kMalformedAnswer, "does it lead to the API itself"}}) {
    ModelSight sight = good_sight();
    sight.sample->error = make_error(kind);
    sight.sample->calls.clear();
    const Check check = find(check_model(sight), "reading");
    EXPECT_EQ(check.state, CheckState::kFailed);
    EXPECT_THAT(check.mend, HasSubstr(words));
    EXPECT_EQ(check.is_unavailable, kind == LlmError::kTimeout);
  }
}

TEST(DoctorModel, AnAddressWithoutAVersionIsDoubted) {
  ModelSetting setting = good_sight().setting;
  setting.address = "https://models.test/";
  EXPECT_THAT(advise(make_error(LlmError::kMalformedAnswer), setting, {}).mend,
              HasSubstr("It usually ends in /v1."));
}

TEST(DoctorModel, AnAnswerInTheWrongFormIsTheModelsFaultNotTheAddresss) {
  ModelSight sight = good_sight();
  sight.sample->error = make_error(LlmError::kMalformedAnswer);
  EXPECT_THAT(find(check_model(sight), "reading").mend,
              AllOf(HasSubstr("larger"), testing::Not(HasSubstr("/v1"))));
}

}  // namespace
}  // namespace graphrail::app::doctor
