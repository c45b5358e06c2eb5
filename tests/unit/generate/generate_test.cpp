#include "generate/generate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <map>
#include <string>

#include "core/core_error.h"
#include "net/fetch_error.h"
#include "support/await.h"

namespace graphrail::generate {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

const std::string kText = "Älpha led the seed round of Nova. Beta invested in it too.";

extract::ExtractionReport make_report(std::string engine, std::string model, std::uint64_t tokens) {
  extract::ExtractionReport report;
  report.engine = std::move(engine);
  report.model = std::move(model);
  report.token_count = tokens;
  return report;
}

/// Emits a fixed graph, and takes 25 ms of the manual clock's time.
class FakeExtractor final : public extract::Extractor {
 public:
  FakeExtractor(graph::Graph graph, std::shared_ptr<core::ManualClock> clock)
      : graph_(std::move(graph)), clock_(std::move(clock)) {}

  boost::asio::awaitable<core::Result<extract::ExtractionReport>> extract(
      extract::ExtractionRequest request, std::shared_ptr<extract::ExtractionSink> sink) override {
    asked = request;
    clock_->advance(std::chrono::milliseconds(25));
    if (fails_with) co_return core::fail(*fails_with, {"engine"});
    for (const graph::Node& node : graph_.nodes) sink->node(node);
    for (const graph::Edge& edge : graph_.edges) sink->edge(edge);
    co_return report;
  }

  extract::ExtractionReport report = make_report("rules", "", 0);
  std::optional<std::error_code> fails_with;
  std::optional<extract::ExtractionRequest> asked;

 private:
  graph::Graph graph_;
  std::shared_ptr<core::ManualClock> clock_;
};

class FakeStore final : public history::GraphStore {
 public:
  boost::asio::awaitable<core::Result<void>> save(
      std::shared_ptr<const history::SavedGraph> graph) override {
    if (is_broken) co_return core::fail(history::HistoryError::kUnavailable, {"no"}, {"disk full"});
    saved.push_back(*graph);
    co_return core::Result<void>();
  }
  boost::asio::awaitable<core::Result<history::SavedGraph>> find(std::string) override {
    co_return core::fail(history::HistoryError::kNotFound, {"no"});
  }
  boost::asio::awaitable<bool> is_ready() override { co_return !is_broken; }

  bool is_broken = false;
  std::vector<history::SavedGraph> saved;
};

/// One page, or one failure.
class FakePages final : public page::PageReader {
 public:
  boost::asio::awaitable<core::Result<page::PageReading>> read(page::PageRequest request) override {
    asked.push_back(request);
    if (failure) co_return core::fail(*failure);
    co_return reading;
  }

  page::PageReading reading;
  std::optional<core::Error> failure;
  std::vector<page::PageRequest> asked;
};

graph::Graph found_graph() {
  graph::Graph graph;
  graph.nodes = {{"alpha", "Älpha", "Investor", {}, {}},
                 {"beta", "Beta", "Investor", {}, {}},
                 {"nova-seed", "Nova Seed", "Round", {}, {}}};
  graph.edges = {{"alpha", "nova-seed", "LED", {{"Älpha led the seed round", 0, 24}}},
                 {"beta", "nova-seed", "INVESTED_IN", {{"Beta invested", 34, 47}}}};
  return graph;
}

class GenerateTest : public testing::Test {
 protected:
  core::Result<GenerateResult> generate(GenerateRequest request) {
    Generator generator({.rules = extractor_,
                         .pages = pages_,
                         .graphs = store_,
                         .clock = clock_,
                         .random = core::make_seeded_random(3)});
    return test::await(generator.generate(std::move(request)));
  }
  core::Result<GenerateResult> generate(std::string input) {
    GenerateRequest request;
    request.input = std::move(input);
    return generate(std::move(request));
  }
  void emit(graph::Graph graph) {
    extractor_ = std::make_shared<FakeExtractor>(std::move(graph), clock_);
  }

  std::shared_ptr<core::ManualClock> clock_ = std::make_shared<core::ManualClock>(1'000'000);
  std::shared_ptr<FakeExtractor> extractor_ =
      std::make_shared<FakeExtractor>(found_graph(), clock_);
  std::shared_ptr<FakePages> pages_ = std::make_shared<FakePages>();
  std::shared_ptr<FakeStore> store_ = std::make_shared<FakeStore>();
};

TEST_F(GenerateTest, TurnsATextIntoAGraph) {
  const core::Result<GenerateResult> result = generate(kText);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->graph.nodes, found_graph().nodes);
  EXPECT_EQ(result->graph.edges.at(0), found_graph().edges[0]);
  EXPECT_EQ(*extractor_->asked->text, kText);
  EXPECT_EQ(extractor_->asked->schema, "venture");
}

TEST_F(GenerateTest, DescribesTheRunInMeta) {
  const core::Result<GenerateResult> result = generate(kText);
  ASSERT_TRUE(result.has_value());
  EXPECT_THAT(result->meta.session_id, testing::MatchesRegex("[0-9a-f]{32}"));
  EXPECT_EQ(result->meta.source_type, "text");
  EXPECT_EQ(result->meta.processing_ms, 25);
  EXPECT_EQ(result->meta.engine, "rules");
  EXPECT_EQ(result->meta.model, std::nullopt);
  EXPECT_EQ(result->meta.schema, "venture");
  EXPECT_EQ(result->meta.input_chars, 58U);
  EXPECT_FALSE(result->meta.metered);
  EXPECT_FALSE(result->meta.cache_hit);
  EXPECT_THAT(result->meta.warnings, IsEmpty());
}

TEST_F(GenerateTest, DropsWhatTheTextDoesNotProve) {
  graph::Graph graph = found_graph();
  graph.edges[1].evidence[0].quote = "Beta declined";
  emit(graph);
  const core::Result<GenerateResult> result = generate(kText);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->graph.edges.size(), 1U);
  ASSERT_EQ(result->meta.warnings.size(), 1U);
  EXPECT_EQ(result->meta.warnings[0].code, "no_evidence");
}

TEST_F(GenerateTest, DerivesCoInvestors) {
  const core::Result<GenerateResult> result = generate(kText);
  ASSERT_TRUE(result.has_value());
  ASSERT_EQ(result->graph.edges.size(), 3U);
  EXPECT_EQ(result->graph.edges[2].source, "alpha");
  EXPECT_EQ(result->graph.edges[2].target, "beta");
  EXPECT_EQ(result->graph.edges[2].relationship, "CO_INVESTED");
  EXPECT_EQ(result->graph.edges[2].evidence.size(), 2U);
}

TEST_F(GenerateTest, SavesWhatItAnswers) {
  const core::Result<GenerateResult> result = generate(kText);
  ASSERT_TRUE(result.has_value());
  ASSERT_EQ(store_->saved.size(), 1U);
  const history::SavedGraph& saved = store_->saved[0];
  EXPECT_EQ(saved.session_id, result->meta.session_id);
  EXPECT_EQ(saved.title, "Älpha led the seed round of Nova. Beta invested in it too.");
  EXPECT_EQ(saved.source_url, "");
  EXPECT_EQ(saved.graph, result->graph);
  EXPECT_EQ(saved.source_text, kText);
  EXPECT_EQ(saved.created_at, clock_->unix_seconds());
  EXPECT_EQ(saved.expires_at, saved.created_at + 7 * 86'400);
  EXPECT_EQ(boost::json::parse(saved.meta_json), boost::json::value(to_json(result->meta)));
}

TEST_F(GenerateTest, AnswersThoughTheSaveFails) {
  store_->is_broken = true;
  const core::Result<GenerateResult> result = generate(kText);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->graph.nodes.size(), 3U);
  ASSERT_EQ(result->meta.warnings.size(), 1U);
  EXPECT_EQ(result->meta.warnings[0].code, "not_saved");
  EXPECT_EQ(result->meta.warnings[0].message.find("disk full"), std::string::npos);
}

TEST_F(GenerateTest, WorksWithoutAStore) {
  store_.reset();
  const core::Result<GenerateResult> result = generate(kText);
  ASSERT_TRUE(result.has_value());
  EXPECT_THAT(result->meta.warnings, IsEmpty());
}

TEST_F(GenerateTest, GivesEverySessionItsOwnId) {
  Generator generator({.rules = extractor_,
                       .pages = pages_,
                       .graphs = store_,
                       .clock = clock_,
                       .random = core::make_seeded_random(3)});
  GenerateRequest request;
  request.input = kText;
  const auto first = test::await(generator.generate(request));
  const auto second = test::await(generator.generate(request));
  ASSERT_TRUE(first.has_value() && second.has_value());
  EXPECT_NE(first->meta.session_id, second->meta.session_id);
}

TEST_F(GenerateTest, PutsTheWarningsInTheOrderOfTheSteps) {
  graph::Graph graph = found_graph();
  graph.edges[0].target = "ghost";
  emit(graph);
  extractor_->report.warnings = {{"engine_warning", "x"}};
  extractor_->report.truncated = true;
  store_->is_broken = true;
  const core::Result<GenerateResult> result = generate(kText + "\x01");
  ASSERT_TRUE(result.has_value());
  std::vector<std::string> codes;
  for (const graph::Warning& warning : result->meta.warnings) codes.push_back(warning.code);
  EXPECT_THAT(codes, ElementsAre("control_characters_replaced", "engine_warning", "dangling_edge",
                                 "not_saved"));
  EXPECT_TRUE(result->meta.truncated);
}

TEST_F(GenerateTest, ReportsAModelThatWasUsed) {
  extractor_->report = make_report("llm", "some-model", 321);
  const core::Result<GenerateResult> result = generate(kText);
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->meta.model, "some-model");
  EXPECT_EQ(result->meta.token_count, 321U);
}

struct Refused {
  const char* name;
  GenerateRequest request;
  GenerateError code;
  const char* field;
};

class RefusedRequests : public GenerateTest, public testing::WithParamInterface<Refused> {};

TEST_P(RefusedRequests, FailBeforeAnythingIsExtractedOrSaved) {
  const core::Result<GenerateResult> result = generate(GetParam().request);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code(), GetParam().code);
  EXPECT_EQ(result.error().field(), GetParam().field);
  EXPECT_FALSE(result.error().public_text().empty());
  EXPECT_FALSE(extractor_->asked.has_value());
  EXPECT_THAT(store_->saved, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(
    Each, RefusedRequests,
    testing::Values(
        Refused{"ShortText", {"too short"}, GenerateError::kInputTooShort, "input"},
        Refused{"LongText", {std::string(400'001, 'a')}, GenerateError::kInputTooLong, "input"},
        Refused{"Model", {kText, false, Engine::kLlm}, GenerateError::kEngineUnavailable, "engine"},
        Refused{"AutoGeneral",
                {kText, false, Engine::kAuto, "general"},
                GenerateError::kSchemaUnsupported,
                "schema"},
        Refused{"RulesGeneral",
                {kText, false, Engine::kRules, "general"},
                GenerateError::kSchemaUnsupported,
                "schema"},
        Refused{"UnknownSchema",
                {kText, false, Engine::kRules, "botany"},
                GenerateError::kSchemaUnsupported,
                "schema"}),
    [](const auto& instance) { return std::string(instance.param.name); });

TEST_F(GenerateTest, PassesOnWhyTheEngineFailed) {
  extractor_->fails_with = make_error_code(core::CoreError::kBusy);
  const core::Result<GenerateResult> result = generate(kText);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().code(), core::CoreError::kBusy);
  EXPECT_THAT(store_->saved, IsEmpty());
}

TEST(GenerateJson, HasTheMembersOfTheContract) {
  GenerateMeta meta;
  meta.session_id = "ab";
  meta.engine = "rules";
  meta.schema = "venture";
  meta.input_chars = 58;
  meta.processing_ms = 2;
  meta.warnings = {{"not_saved", "No."}};
  EXPECT_EQ(
      boost::json::serialize(to_json(GenerateResult{{}, meta})),
      R"({"graph":{"nodes":[],"edges":[]},"meta":{"session_id":"ab","token_count":0,)"
      R"("source_type":"text","processing_ms":2,"cache_hit":false,"cache_age_seconds":null,)"
      R"("graph_cache_age_seconds":null,)"
      R"("engine":"rules","model":null,"prompt_version":null,"answer_form":null,"cost_usd":null,)"
      R"("schema":"venture","metered":false,"truncated":false,)"
      R"("input_chars":58,"coverage":null,"merges":[],"warnings":[{"code":"not_saved","message":"No."}]}})");
  meta.model = "m";
  meta.cache_age_seconds = 7;
  const boost::json::object out = to_json(meta);
  EXPECT_EQ(out.at("model"), "m");
  EXPECT_EQ(out.at("cache_age_seconds"), 7);
}

TEST_F(GenerateTest, ReadsThePageBehindAnAddress) {
  emit({});
  auto cached = std::make_shared<page::CachedPage>();
  cached->page.title = "Nova Seed";
  cached->page.text = kText;
  cached->page.removed_invisible_chars = 12;
  cached->final_url = "https://www.example.com/a";
  pages_->reading = {cached, page::PageOrigin::kStale, 4'000};
  const core::Result<GenerateResult> result =
      generate(GenerateRequest{"https://example.com/a", true});
  ASSERT_TRUE(result.has_value());
  EXPECT_EQ(result->meta.source_type, "url");
  EXPECT_TRUE(result->meta.cache_hit);
  EXPECT_EQ(result->meta.cache_age_seconds, 4'000);
  ASSERT_EQ(result->meta.warnings.size(), 2U);
  EXPECT_EQ(result->meta.warnings[0].code, "invisible_text_removed");
  EXPECT_EQ(result->meta.warnings[1].code, "stale_page");
  ASSERT_EQ(pages_->asked.size(), 1U);
  EXPECT_TRUE(pages_->asked[0].force_refresh);
  ASSERT_EQ(store_->saved.size(), 1U);
  EXPECT_EQ(store_->saved[0].source_url, "https://example.com/a");
  EXPECT_EQ(store_->saved[0].source_text, std::string("Nova Seed\n\n") + kText);
  EXPECT_THAT(store_->saved[0].title, testing::StartsWith("example.com · "));
}

TEST_F(GenerateTest, RefusesAnAddressWhereNoPagesAreRead) {
  pages_.reset();
  const core::Result<GenerateResult> result = generate(std::string("https://example.com/a"));
  EXPECT_EQ(result.error().code(), GenerateError::kUrlUnsupported);
  EXPECT_EQ(result.error().field(), "input");
}

TEST_F(GenerateTest, AFailedPageKeepsItsReason) {
  pages_->failure = net::make_error(net::FetchError::kNotFound, "404 from origin");
  const core::Result<GenerateResult> missing = generate(std::string("https://example.com/a"));
  EXPECT_EQ(missing.error().code(), GenerateError::kScrapeFailed);
  EXPECT_EQ(missing.error().reason(), "not_found");
  EXPECT_EQ(missing.error().field(), "input");
  EXPECT_EQ(missing.error().private_cause(), "404 from origin");
  pages_->failure = net::make_error(net::FetchError::kInvalidUrl, "userinfo");
  EXPECT_EQ(generate(std::string("https://a@b/")).error().code(), GenerateError::kInvalidUrl);
  pages_->failure = net::make_error(net::FetchError::kOverloaded, "64 fetches");
  EXPECT_EQ(generate(std::string("https://b/")).error().code(), core::CoreError::kBusy);
}

}  // namespace
}  // namespace graphrail::generate
