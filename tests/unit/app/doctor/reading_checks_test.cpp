#include "app/doctor/reading_checks.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "app/doctor/model_checks.h"
#include "app/doctor/sample.h"
#include "core/utf8.h"

namespace graphrail::app::doctor {
namespace {

using testing::AllOf;
using testing::HasSubstr;

CallSight make_call(std::uint64_t prompt_bytes, std::uint64_t prompt_tokens) {
  CallSight call;
  call.prompt_bytes = prompt_bytes;
  call.answer.usage = {prompt_tokens, 100};
  return call;
}

/// A reading that found one of the facts.
ReadingSight poor_reading() {
  ReadingSight reading;
  reading.graph.nodes = {{.id = "a", .label = "Fernhollow", .type = "Project"},
                         {.id = "b", .label = "Fernhollow Series A", .type = "Round"}};
  reading.graph.edges = {{"a", "b", "RAISED", {}}};
  reading.calls = {make_call(4'000, 1'000)};
  return reading;
}

TEST(DoctorSample, FactsAreCountedByRelationAndNames) {
  ReadingSight reading = poor_reading();
  EXPECT_EQ(count_facts(reading.graph), 1U);
  reading.graph.edges = {
      {"b", "a", "RAISED", {}}, {"a", "b", "LED", {}}, {"a", "x", "FOUNDED", {}}};
  EXPECT_EQ(count_facts(reading.graph), 1U) << "the round's label holds the name as well";
  reading.graph.edges.clear();
  EXPECT_EQ(count_facts(reading.graph), 0U);
}

TEST(DoctorSample, TheLongOneBeginsWithTheSampleAndHasTheLength) {
  EXPECT_TRUE(long_sample_text(5'000).starts_with(sample_text()));
  EXPECT_EQ(core::count_code_points(long_sample_text(5'000)), 5'000U);
  EXPECT_EQ(long_sample_text(10), sample_text());
}

TEST(DoctorReading, MissingFactsAreAWarningAndNoFactAFailure) {
  ReadingSight reading = poor_reading();
  EXPECT_EQ(check_reading(reading).state, CheckState::kWarning);
  reading.graph = {};
  EXPECT_EQ(check_reading(reading).state, CheckState::kFailed);
  EXPECT_THAT(check_reading(reading).mend, HasSubstr("OPENAI_MODEL"));
}

TEST(DoctorReading, SaysWhatWasDroppedAndWhatBrokeOff) {
  ReadingSight reading = poor_reading();
  reading.warnings = {{"quote_not_in_text", "…"},
                      {"quote_not_in_text", "…"},
                      {"chunk_failed", "Part 1 of 1 was not read to its end: filtered."}};
  const Check check = check_reading(reading);
  EXPECT_THAT(check.seen, HasSubstr("dropped: 1 chunk_failed, 2 quote_not_in_text"));
  EXPECT_THAT(check.mend, HasSubstr("Part 1 of 1 was not read to its end: filtered."));
}

TEST(DoctorReading, EveryRungHasItsWords) {
  ReadingSight reading = poor_reading();
  const auto at = [&reading](llm::Rung rung) {
    reading.calls.back().answer.capability.rung = rung;
    return check_form(reading);
  };
  EXPECT_THAT(at(llm::Rung::kStrictSchema).seen, HasSubstr("strict JSON Schema"));
  EXPECT_THAT(at(llm::Rung::kSchema).seen, HasSubstr("without strict"));
  EXPECT_THAT(at(llm::Rung::kJsonObject).seen, HasSubstr("JSON without a schema"));
  EXPECT_EQ(at(llm::Rung::kJsonObject).state, CheckState::kNote);
  EXPECT_THAT(at(llm::Rung::kPlainText).seen, HasSubstr("plain text"));
  EXPECT_EQ(at(llm::Rung::kPlainText).state, CheckState::kWarning);
  EXPECT_EQ(at(llm::Rung::kPlainText).detail.at("form"), "plain_text");
}

TEST(DoctorReading, SaysWhichParametersWereGivenUp) {
  ReadingSight reading = poor_reading();
  llm::ChatAnswer& answer = reading.calls.back().answer;
  answer.capability.max_completion_tokens = false;
  answer.capability.seed = false;
  answer.attempts = 3;
  const Check check = check_form(reading);
  EXPECT_THAT(check.seen, AllOf(HasSubstr("given up: max_completion_tokens, seed"),
                                HasSubstr("found out with 3 requests")));
  EXPECT_EQ(boost::json::serialize(check.detail.at("given_up")),
            R"(["max_completion_tokens","seed"])");
}

TEST(DoctorReading, TokensWithoutAPriceAreANote) {
  ReadingSight reading = poor_reading();
  ModelSetting setting;
  setting.model = "alpha";
  const Check unknown = check_tokens(reading, setting);
  EXPECT_EQ(unknown.state, CheckState::kNote);
  EXPECT_THAT(unknown.mend, HasSubstr("MODEL_PRICES to alpha="));
  reading.calls.back().answer.usage_is_estimated = true;
  EXPECT_THAT(check_tokens(reading, setting).seen, HasSubstr("estimated"));
}

TEST(DoctorPrompt, LooksCutWhenFarFewerTokensWereCountedThanSent) {
  EXPECT_TRUE(looks_cut(make_call(34'000, 2'048)));
  EXPECT_TRUE(looks_cut(make_call(34'000, 4'096)));
  EXPECT_FALSE(looks_cut(make_call(34'000, 8'500)));
  EXPECT_FALSE(looks_cut(make_call(34'000, 6'500))) << "few tokens, but some tokenizer could";
  EXPECT_FALSE(looks_cut(make_call(34'000, 0))) << "not counted";
  CallSight estimated = make_call(34'000, 10);
  estimated.answer.usage_is_estimated = true;
  EXPECT_FALSE(looks_cut(estimated));
}

TEST(DoctorPrompt, LongTextsAreJudgedWhereTheyWereTried) {
  const ReadingSight sample = poor_reading();
  ModelSetting setting;
  setting.content_chars = 32'000;
  EXPECT_FALSE(check_long(sample, std::nullopt, setting));
  setting.is_own_server = true;
  EXPECT_EQ(check_long(sample, std::nullopt, setting)->state, CheckState::kNote);

  ReadingSight longest = poor_reading();
  longest.calls = {make_call(34'000, 8'500)};
  EXPECT_EQ(check_long(sample, longest, setting)->state, CheckState::kOk);
  longest.graph = {};
  EXPECT_EQ(check_long(sample, longest, setting)->state, CheckState::kWarning);
  longest.calls = {make_call(34'000, 2'048)};
  const Check cut = *check_long(sample, longest, setting);
  EXPECT_EQ(cut.state, CheckState::kWarning);
  EXPECT_THAT(cut.seen, HasSubstr("2048 tokens in a prompt of 34000 bytes"));
  EXPECT_THAT(cut.mend, HasSubstr("OLLAMA_CONTEXT_LENGTH"));
}

}  // namespace
}  // namespace graphrail::app::doctor
