#include "extract/model_extractor.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/system/system_error.hpp>

#include "model_support.h"

namespace graphrail::extract {
namespace {

using test::FakeAnswer;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

const std::string kText =
    "Tidewell raised $12 million in a Series A round led by Northlight Ventures. Alder Capital "
    "participated in the round.";

const std::string kNodes =
    R"({"nodes":[{"id":"p","label":"Tidewell","type":"Project","aliases":[],"properties":[]},)"
    R"({"id":"r","label":"Tidewell Series A","type":"Round","aliases":[],)"
    R"("properties":[{"name":"stage","value":"Series A"},{"name":"amount","value":"12000000"},)"
    R"({"name":"currency","value":"usd"}]},)"
    R"({"id":"n","label":"Northlight Ventures","type":"Investor","aliases":[],"properties":[]},)"
    R"({"id":"a","label":"Alder Capital","type":"Investor","aliases":[],"properties":[]}],)";

const std::string kRaised = R"({"source":"p","target":"r","relationship":"RAISED",)"
                            R"("evidence":["Tidewell raised $12 million in a Series A round"]})";
const std::string kLed = R"({"source":"n","target":"r","relationship":"LED",)"
                         R"("evidence":["Series A round led by Northlight Ventures"]})";
const std::string kTookPart = R"({"source":"a","target":"r","relationship":"INVESTED_IN",)"
                              R"("evidence":["Alder Capital participated in the round"]})";

const std::string kWhole = kNodes + "\"edges\":[" + kRaised + "," + kLed + "," + kTookPart + "]}";

FakeAnswer answer_whole(const llm::ChatCall&) { return {kWhole}; }

TEST(ModelExtractor, ReadsAnAnswerWhileItIsWritten) {
  const ModelRun run = run_model(kText, answer_whole);
  ASSERT_TRUE(run.report && *run.report);
  EXPECT_THAT(run.sink->events,
              ElementsAre("node tidewell", "node tidewell-series-a", "node northlight-ventures",
                          "node alder-capital", "edge tidewell RAISED tidewell-series-a",
                          "edge northlight-ventures LED tidewell-series-a",
                          "edge alder-capital INVESTED_IN tidewell-series-a"));
  EXPECT_THAT(run.warning_codes(), IsEmpty());
  const auto& properties = run.sink->graph.nodes[1].properties;
  EXPECT_EQ(properties.at("amount"), 12'000'000);
  EXPECT_EQ(properties.at("currency"), "USD");
  const graph::Evidence& evidence = run.sink->graph.edges[1].evidence.at(0);
  EXPECT_EQ(kText.substr(evidence.start, evidence.end - evidence.start), evidence.quote);
}

TEST(ModelExtractor, ReportsWhatTheRunCost) {
  const ModelRun run = run_model(kText, answer_whole);
  ASSERT_TRUE(run.report && *run.report);
  const ExtractionReport& report = **run.report;
  EXPECT_EQ(report.engine, "llm");
  EXPECT_EQ(report.model, "fake-1");
  EXPECT_EQ(report.token_count, 110U);
  EXPECT_DOUBLE_EQ(report.cost_usd.value_or(0), 0.001);
  EXPECT_EQ(report.rung, "strict_schema");
  EXPECT_EQ(report.prompt_version, model::kPromptVersion);
  ASSERT_TRUE(report.coverage.has_value());
  EXPECT_EQ(report.coverage->chars_read, kText.size());
  EXPECT_EQ(report.coverage->failed_chunks, 0U);
  EXPECT_FALSE(report.truncated);
}

TEST(ModelExtractor, AsksForTheRestOfACutAnswer) {
  const ModelRun run = run_model(kText, [](const llm::ChatCall& call) -> FakeAnswer {
    if (asks_for_rest(call)) return {"{\"nodes\":[],\"edges\":[" + kLed + "," + kTookPart + "]}"};
    return {kNodes + "\"edges\":[" + kRaised + "," + kLed.substr(0, 40),
            llm::FinishReason::kLength};
  });
  ASSERT_TRUE(run.report && *run.report);
  EXPECT_EQ(run.client->calls.size(), 2U);
  EXPECT_EQ(run.sink->graph.edges.size(), 3U);
  EXPECT_FALSE((*run.report)->truncated);
  EXPECT_THAT(run.client->calls[1].request.messages.back().content, HasSubstr("RAISED"));
}

TEST(ModelExtractor, AsksForTheRestOfABrokenStream) {
  const ModelRun run = run_model(kText, [](const llm::ChatCall& call) -> FakeAnswer {
    if (asks_for_rest(call)) return {"{\"nodes\":[],\"edges\":[" + kLed + "," + kTookPart + "]}"};
    return {.content = kNodes + "\"edges\":[" + kRaised,
            .finish = llm::FinishReason::kNone,
            .broken_off = llm::LlmError::kUnavailable};
  });
  ASSERT_TRUE(run.report && *run.report);
  EXPECT_EQ(run.sink->graph.edges.size(), 3U);
}

TEST(ModelExtractor, GivesUpOnAnAnswerThatIsCutAgainAndAgain) {
  const ModelRun run = run_model(kText, [](const llm::ChatCall&) -> FakeAnswer {
    return {kNodes + "\"edges\":[" + kRaised, llm::FinishReason::kLength};
  });
  ASSERT_TRUE(run.report && *run.report);
  EXPECT_EQ(run.client->calls.size(), 5U);
  EXPECT_TRUE((*run.report)->truncated);
  EXPECT_EQ((*run.report)->coverage->failed_chunks, 1U);
  EXPECT_THAT(run.warning_codes(), ElementsAre("chunk_failed"));
  EXPECT_EQ(run.sink->graph.edges.size(), 1U);
}

TEST(ModelExtractor, AsksOnceMoreInPlainerFormForAnAnswerInTheWrongForm) {
  const ModelRun run = run_model(kText, [](const llm::ChatCall& call) -> FakeAnswer {
    if (call.strictest == llm::Rung::kStrictSchema) return {R"({"entities":["Tidewell"]})"};
    return {kWhole};
  });
  ASSERT_TRUE(run.report && *run.report);
  EXPECT_EQ(run.client->calls.at(1).strictest, llm::Rung::kJsonObject);
  EXPECT_EQ(run.sink->graph.edges.size(), 3U);
  EXPECT_EQ((*run.report)->rung, "json_object");
  EXPECT_EQ(run.client->preferred, llm::Rung::kJsonObject);
}

TEST(ModelExtractor, FailsWhenNoAnswerHasTheForm) {
  for (const std::string_view content : {"I cannot do that.", "{\"nodes\":", "[1,2,3]", "",
                                         R"({"nodes":[{"name":"x"}],"edges":[]})"}) {
    const ModelRun run = run_model(
        kText, [content](const llm::ChatCall&) -> FakeAnswer { return {std::string(content)}; });
    ASSERT_TRUE(run.report.has_value());
    ASSERT_FALSE(run.report->has_value()) << content;
    EXPECT_TRUE(run.report->error().is(llm::LlmError::kMalformedAnswer)) << content;
    EXPECT_EQ(run.client->calls.size(), 2U);
  }
}

TEST(ModelExtractor, ATextWithoutFindingsIsASuccess) {
  const ModelRun run = run_model(
      kText, [](const llm::ChatCall&) -> FakeAnswer { return {R"({"nodes":[],"edges":[]})"}; });
  ASSERT_TRUE(run.report && *run.report);
  EXPECT_THAT(run.sink->events, IsEmpty());
}

TEST(ModelExtractor, ThinkingAndFencesAroundTheAnswerAreSkipped) {
  const ModelRun run = run_model(kText, [](const llm::ChatCall&) -> FakeAnswer {
    return {"<think>{\"nodes\": hmm}</think>\n```json\n" + kWhole + "\n```\nDone."};
  });
  ASSERT_TRUE(run.report && *run.report);
  EXPECT_EQ(run.sink->graph.edges.size(), 3U);
}

TEST(ModelExtractor, HalvesWhatTheModelCannotTakeAtOnce) {
  std::string text;
  for (int i = 0; i < 40; ++i) text += fmt::format("Sentence number {} is here. ", i);
  const ModelRun run = run_model(text, [&text](const llm::ChatCall& call) -> FakeAnswer {
    if (text_of(call).size() > text.size() / 3) {
      return {.content = "", .failure = llm::LlmError::kContextOverflow};
    }
    return {R"({"nodes":[],"edges":[]})"};
  });
  ASSERT_TRUE(run.report && *run.report);
  std::string read;
  for (const llm::ChatCall& call : run.client->calls) {
    if (text_of(call).size() <= text.size() / 3) read += text_of(call);
  }
  EXPECT_EQ(read, text);
  EXPECT_EQ((*run.report)->coverage->chars_read, text.size());
}

TEST(ModelExtractor, WhatTheModelMadeUpIsDroppedWithItsReason) {
  const std::string invented = R"({"source":"a","target":"r","relationship":"LED",)"
                               R"("evidence":["Alder Capital led the Series A round"]})";
  const std::string dangling = R"({"source":"x","target":"r","relationship":"LED",)"
                               R"("evidence":["led by Northlight Ventures"]})";
  const ModelRun run = run_model(kText, [&](const llm::ChatCall&) -> FakeAnswer {
    return {kNodes + "\"edges\":[" + kRaised + "," + invented + "," + dangling + "]}"};
  });
  ASSERT_TRUE(run.report && *run.report);
  EXPECT_EQ(run.sink->graph.edges.size(), 1U);
  EXPECT_THAT(run.warning_codes(), ElementsAre("quote_not_in_text", "dangling_edge"));
}

TEST(ModelExtractor, EdgesThatComeBeforeTheirNodesWait) {
  const ModelRun run = run_model(kText, [](const llm::ChatCall&) -> FakeAnswer {
    return {"{\"edges\":[" + kRaised + "]," + kNodes.substr(1, kNodes.size() - 2) + "}"};
  });
  ASSERT_TRUE(run.report && *run.report);
  EXPECT_EQ(run.sink->graph.edges.size(), 1U);
  EXPECT_THAT(run.warning_codes(), IsEmpty());
}

TEST(ModelExtractor, FinalFailuresAreNotAskedAgain) {
  ModelRunOptions options;
  options.limits.chunk_chars = 40;
  options.limits.parallel_chunks = 1;
  const ModelRun run = run_model(
      kText,
      [](const llm::ChatCall&) -> FakeAnswer {
        return {.content = "", .failure = llm::LlmError::kInsufficientQuota};
      },
      options);
  ASSERT_TRUE(run.report.has_value());
  ASSERT_FALSE(run.report->has_value());
  EXPECT_TRUE(run.report->error().is(llm::LlmError::kInsufficientQuota));
  EXPECT_EQ(run.client->calls.size(), 1U);
}

TEST(ModelExtractor, CancellingEndsTheCallsUnderWay) {
  ModelRunOptions options;
  options.cancel_at_once = true;
  const ModelRun run = run_model(
      kText, [](const llm::ChatCall&) -> FakeAnswer { return {.content = "", .hangs = true}; },
      options);
  ASSERT_TRUE(run.thrown != nullptr);
  EXPECT_THROW(std::rethrow_exception(run.thrown), boost::system::system_error);
  EXPECT_EQ(run.client->running, 0);
}

TEST(ModelExtractor, AnUnknownSchemaIsRefused) {
  ModelRunOptions options;
  options.schema = "poetry";
  const ModelRun run = run_model(kText, answer_whole, options);
  ASSERT_TRUE(run.report.has_value());
  EXPECT_FALSE(run.report->has_value());
  EXPECT_THAT(run.client->calls, IsEmpty());
}

}  // namespace
}  // namespace graphrail::extract
