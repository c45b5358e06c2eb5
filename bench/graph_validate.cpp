// USES: graph core
// What validation and the JSON of a graph cost per element, and that both stay linear. Each graph
// has as many edges as nodes; every edge has one true quote in a text of about 120 bytes per edge.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <string>
#include <utility>

#include "core/utf8.h"
#include "graph/json.h"
#include "graph/validate.h"

namespace graphrail::graph {
namespace {

struct Sample {
  Graph graph;
  std::string text;
};

/// `size` investors that all invested in one round, each proven by its own sentence.
Sample make_sample(std::size_t size) {
  Sample sample;
  sample.graph.nodes.push_back({"nova-seed", "Nova Seed", "Round", {}, {}});
  std::size_t chars = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const std::string sentence = fmt::format("Café Capital {} invested in the seed round", i);
    const std::string rest = " – as it had said it would, after long talks behind closed doors. ";
    const std::string id = fmt::format("cafe-capital-{}", i);
    const std::size_t sentence_chars = core::count_code_points(sentence);
    sample.graph.nodes.push_back({id, fmt::format("Café Capital {}", i), "Investor", {}, {}});
    sample.graph.edges.push_back(
        {id, "nova-seed", "INVESTED_IN", {{sentence, chars, chars + sentence_chars}}});
    sample.text += sentence + rest;
    chars += sentence_chars + core::count_code_points(rest);
  }
  return sample;
}

void count(benchmark::State& state, const Graph& graph) {
  const auto elements = static_cast<std::int64_t>(graph.nodes.size() + graph.edges.size());
  state.SetItemsProcessed(state.iterations() * elements);
  state.SetComplexityN(state.range(0));
}

/// Passes `graph` through validation; the copy it consumes is made outside the measured time.
void measure(benchmark::State& state, const Sample& sample) {
  for (auto _ : state) {
    state.PauseTiming();
    Graph copy = sample.graph;
    state.ResumeTiming();
    ValidatedGraph validated = validate(std::move(copy), venture_schema(), sample.text);
    benchmark::DoNotOptimize(validated);
    state.PauseTiming();
    validated = {};
    state.ResumeTiming();
  }
  count(state, sample.graph);
}

void validate_sound(benchmark::State& state) {
  const Sample sample = make_sample(static_cast<std::size_t>(state.range(0)));
  if (!validate(sample.graph, venture_schema(), sample.text).warnings.empty()) {
    state.SkipWithError("the sample is not sound");
  }
  measure(state, sample);
}
BENCHMARK(validate_sound)->RangeMultiplier(4)->Range(64, 16'384)->Complexity();

/// The worst case for ids: every node has the same label and none has a slug.
void validate_equal_labels(benchmark::State& state) {
  Sample sample = make_sample(static_cast<std::size_t>(state.range(0)));
  for (std::size_t i = 1; i < sample.graph.nodes.size(); ++i) {
    sample.graph.nodes[i].id = fmt::format("No slug {}", i);
    sample.graph.nodes[i].label = "Nova Seed";
    sample.graph.edges[i - 1].source = sample.graph.nodes[i].id;
  }
  measure(state, sample);
}
BENCHMARK(validate_equal_labels)->RangeMultiplier(4)->Range(64, 16'384)->Complexity();

/// Everything is wrong: no edge has a quote that is true.
void validate_false_quotes(benchmark::State& state) {
  Sample sample = make_sample(static_cast<std::size_t>(state.range(0)));
  for (Edge& edge : sample.graph.edges) edge.evidence[0].quote.back() = '!';
  measure(state, sample);
}
BENCHMARK(validate_false_quotes)->RangeMultiplier(4)->Range(64, 16'384)->Complexity();

void write_json(benchmark::State& state) {
  const Sample sample = make_sample(static_cast<std::size_t>(state.range(0)));
  for (auto _ : state) {
    const std::string text = boost::json::serialize(to_json(sample.graph));
    benchmark::DoNotOptimize(text.data());
  }
  count(state, sample.graph);
}
BENCHMARK(write_json)->RangeMultiplier(4)->Range(64, 16'384)->Complexity();

void read_json(benchmark::State& state) {
  const Sample sample = make_sample(static_cast<std::size_t>(state.range(0)));
  const std::string text = boost::json::serialize(to_json(sample.graph));
  for (auto _ : state) {
    const core::Result<Graph> graph = graph_from_json(boost::json::parse(text));
    benchmark::DoNotOptimize(graph->nodes.data());
  }
  count(state, sample.graph);
}
BENCHMARK(read_json)->RangeMultiplier(4)->Range(64, 16'384)->Complexity();

}  // namespace
}  // namespace graphrail::graph
