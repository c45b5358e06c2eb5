#include "extract/rules_extractor.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/core_error.h"
#include "extract/extract_error.h"
#include "extract/rules/rules.h"
#include "support/await.h"

namespace graphrail::extract {
namespace {

/// Keeps what was emitted, and on which thread.
class Recorder final : public ExtractionSink {
 public:
  void node(graph::Node node) override {
    nodes_after_edges = nodes_after_edges || !graph.edges.empty();
    graph.nodes.push_back(std::move(node));
    threads.push_back(std::this_thread::get_id());
  }
  void edge(graph::Edge edge) override {
    graph.edges.push_back(std::move(edge));
    threads.push_back(std::this_thread::get_id());
  }
  void progress(ExtractionProgress) override {}

  graph::Graph graph;
  bool nodes_after_edges = false;
  std::vector<std::thread::id> threads;
};

struct Outcome {
  core::Result<ExtractionReport> report;
  std::shared_ptr<Recorder> sink;
};

Outcome extract(const std::string& text, const std::string& schema, std::size_t max_queued = 10) {
  const auto extractor = make_rules_extractor(std::make_shared<core::WorkPool>(1U, max_queued));
  auto sink = std::make_shared<Recorder>();
  ExtractionRequest request{std::make_shared<const std::string>(text), schema};
  return {test::await(extractor->extract(std::move(request), sink)), sink};
}

const std::string kAnnouncement =
    "Nova, a payments startup, has raised $2 million in a seed round led by Alpha Ventures.";

TEST(RulesExtractor, EmitsWhatTheRulesFindNodesFirst) {
  const Outcome outcome = extract(kAnnouncement, "venture");
  ASSERT_TRUE(outcome.report.has_value());
  EXPECT_EQ(outcome.report->engine, "rules");
  EXPECT_EQ(outcome.report->model, "");
  EXPECT_EQ(outcome.report->token_count, 0U);
  EXPECT_FALSE(outcome.report->truncated);
  EXPECT_FALSE(outcome.sink->graph.edges.empty());
  EXPECT_EQ(outcome.sink->graph, rules::extract_venture_graph(kAnnouncement));
  EXPECT_FALSE(outcome.sink->nodes_after_edges);
}

TEST(RulesExtractor, EmitsOnTheCallersThread) {
  const Outcome outcome = extract(kAnnouncement, "venture");
  ASSERT_FALSE(outcome.sink->threads.empty());
  for (const std::thread::id thread : outcome.sink->threads) {
    EXPECT_EQ(thread, std::this_thread::get_id());
  }
}

TEST(RulesExtractor, ATextWithoutFindingsIsASuccess) {
  const Outcome outcome = extract("The weather was fine all day long in the hills.", "venture");
  ASSERT_TRUE(outcome.report.has_value());
  EXPECT_TRUE(outcome.sink->graph.nodes.empty());
}

TEST(RulesExtractor, RefusesOtherSchemas) {
  const Outcome outcome = extract(kAnnouncement, "general");
  ASSERT_FALSE(outcome.report.has_value());
  EXPECT_EQ(outcome.report.error().code(), ExtractError::kSchemaUnsupported);
  EXPECT_EQ(outcome.report.error().field(), "schema");
}

TEST(RulesExtractor, PassesOnThatThePoolIsFull) {
  const Outcome outcome = extract(kAnnouncement, "venture", 0);
  ASSERT_FALSE(outcome.report.has_value());
  EXPECT_EQ(outcome.report.error().code(), core::CoreError::kBusy);
}

}  // namespace
}  // namespace graphrail::extract
