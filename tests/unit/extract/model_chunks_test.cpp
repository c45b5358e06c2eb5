// Long texts: every part is read, in whatever order the answers come, and makes one graph.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/serialize.hpp>

#include "graph/json.h"
#include "model_support.h"

namespace graphrail::extract {
namespace {

using test::FakeAnswer;
using testing::Contains;
using testing::ElementsAre;

std::string name_of(int number) {
  std::string letters;
  for (int n = number; n >= 0; n = n / 26 - 1) letters += static_cast<char>('a' + n % 26);
  return "Firm" + letters + "x";
}

/// One paragraph per company; the same investor in all of them.
std::string make_long_text(int companies) {
  std::string text;
  for (int i = 0; i < companies; ++i) {
    text += fmt::format(
        "{0} raised $5 million in a seed round led by Harbor Ventures. It is written here at some "
        "length so that a paragraph has about the size that paragraphs have in long reports.\n\n",
        name_of(i));
  }
  return text;
}

/// Reads "<Name> raised" out of the text as a model would.
FakeAnswer read_companies(const llm::ChatCall& call, int delay_turns) {
  const std::string text = text_of(call);
  std::string nodes = R"({"id":"h","label":"Harbor Ventures","type":"Investor"})";
  std::string edges;
  for (std::size_t at = 0; (at = text.find(" raised", at)) != std::string::npos; ++at) {
    const std::size_t line = text.rfind('\n', at) + 1;
    const std::string name = text.substr(line, at - line);
    const std::string quote = name + " raised $5 million in a seed round";
    nodes += fmt::format(R"(,{{"id":"{0}","label":"{0}","type":"Project"}},)"
                         R"({{"id":"{0}-r","label":"{0} seed","type":"Round",)"
                         R"("properties":{{"stage":"seed","amount":5000000}}}})",
                         name);
    edges += fmt::format(
        R"({3}{{"source":"{0}","target":"{0}-r","relationship":"RAISED","evidence":["{1}"]}},)"
        R"({{"source":"h","target":"{0}-r","relationship":"LED",)"
        R"("evidence":["{1} led by Harbor Ventures"]}})",
        name, quote, 0, edges.empty() ? "" : ",");
  }
  return {.content = fmt::format(R"({{"nodes":[{}],"edges":[{}]}})", nodes, edges),
          .delay_turns = delay_turns};
}

ModelRun read_long_text(const std::string& text, int turn_step) {
  ModelRunOptions options;
  options.limits.chunk_chars = 32'000;
  options.limits.parallel_chunks = 4;
  int calls = 0;
  return run_model(
      text,
      [&calls, turn_step](const llm::ChatCall& call) {
        // Later chunks answer sooner, or the other way round.
        const int delay = turn_step >= 0 ? calls++ * turn_step : (20 - calls++) * -turn_step;
        return read_companies(call, delay);
      },
      options);
}

TEST(ModelChunks, ReadsEveryPartOfALongText) {
  const std::string text = make_long_text(1'700);
  ASSERT_GT(text.size(), 300'000U);
  const ModelRun run = read_long_text(text, 0);
  ASSERT_TRUE(run.report && *run.report);
  const Coverage& coverage = *(*run.report)->coverage;
  EXPECT_GE(coverage.chunks, 9U);
  EXPECT_EQ(coverage.chars_read, text.size());
  EXPECT_EQ(coverage.chars, text.size());
  EXPECT_EQ(coverage.failed_chunks, 0U);
  EXPECT_EQ(run.client->most_running, 4);
  // One investor, however many parts name it.
  const auto investors = std::ranges::count(run.sink->graph.nodes, "Investor", &graph::Node::type);
  EXPECT_EQ(investors, 1);
  EXPECT_EQ(run.sink->graph.edges.size(), 3'400U);
}

TEST(ModelChunks, TheOrderOfAnswersChangesNothing) {
  const std::string text = make_long_text(900);
  const ModelRun first = read_long_text(text, 400);
  const ModelRun second = read_long_text(text, -400);
  ASSERT_TRUE(first.report && *first.report && second.report && *second.report);
  EXPECT_EQ(boost::json::serialize(graph::to_json(first.sink->graph)),
            boost::json::serialize(graph::to_json(second.sink->graph)));
  EXPECT_EQ(first.sink->events, second.sink->events);
}

TEST(ModelChunks, AFailedPartCostsOnlyItself) {
  const std::string text = make_long_text(900);
  ModelRunOptions options;
  const ModelRun run = run_model(
      text,
      [](const llm::ChatCall& call) -> FakeAnswer {
        if (text_of(call).find(name_of(400) + " ") != std::string::npos) {
          return {.content = "", .failure = llm::LlmError::kRefused};
        }
        return read_companies(call, 0);
      },
      options);
  ASSERT_TRUE(run.report && *run.report);
  const ExtractionReport& report = **run.report;
  EXPECT_TRUE(report.truncated);
  EXPECT_EQ(report.coverage->failed_chunks, 1U);
  EXPECT_LT(report.coverage->chars_read, report.coverage->chars);
  EXPECT_THAT(run.warning_codes(), ElementsAre("chunk_failed"));
  EXPECT_GT(run.sink->graph.edges.size(), 1'200U);
  EXPECT_EQ(run.sink->progressed.back().chunks_done, report.coverage->chunks);
}

TEST(ModelChunks, NamesOfOneEntityInSeveralPartsAreOneNode) {
  const std::string filler(690, 'x');
  const std::string text = "Alder Capital Management LLC backed Tidewell.\n\n" + filler +
                           "\n\nAlder Capital Management also met founders.\n\n" + filler;
  ModelRunOptions options;
  options.limits.chunk_chars = 760;
  const ModelRun run = run_model(
      text,
      [](const llm::ChatCall& call) -> FakeAnswer {
        const bool first = text_of(call).find("LLC") != std::string::npos;
        const bool second = text_of(call).find("also met") != std::string::npos;
        if (!first && !second) return {R"({"nodes":[],"edges":[]})"};
        return {fmt::format(
            R"({{"nodes":[{{"id":"a","label":"Alder Capital Management{}","type":"Investor"}}],)"
            R"("edges":[]}})",
            first ? " LLC" : "")};
      },
      options);
  ASSERT_TRUE(run.report && *run.report);
  EXPECT_EQ(run.sink->graph.nodes.size(), 1U);
  ASSERT_EQ((*run.report)->merges.size(), 1U);
  EXPECT_EQ((*run.report)->merges[0].label, "Alder Capital Management");
  EXPECT_EQ((*run.report)->merges[0].reason, "legal form");
}

}  // namespace
}  // namespace graphrail::extract
