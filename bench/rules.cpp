// USES: extract graph core
// The rules engine on realistic and on hostile text: bytes per second and how the time grows.
#include "extract/rules/rules.h"

#include <benchmark/benchmark.h>

#include <string>
#include <string_view>

namespace {

using graphrail::extract::rules::extract_venture_graph;

constexpr std::string_view kArticle =
    "Berlin-based logistics startup Cargolane has raised €12.5 million in a Series A round led by "
    "[Northgate Ventures](https://northgate.example/), with participation from Harbor Capital, "
    "Lena Fischer (founder of Shipyard) and existing investor Quay Partners. The company, which "
    "was founded in 2019 by Tom Weber and Ana Sousa, builds software that plans routes for small "
    "carriers. \"We have grown faster than we hoped, and the new money lets us open in Spain,\" "
    "said Weber. Customers use the product every day to find the cheapest way through a crowded "
    "network, and most of them stay. The round follows a $2 million seed round in March 2020.\n\n"
    "Nothing in the plans changes for carriers who already work with the service. They keep their "
    "prices, and their data stays where it is, as the team explained at an event last week.\n\n";

std::string repeated(std::string_view part, std::size_t bytes) {
  std::string text;
  text.reserve(bytes + part.size());
  while (text.size() < bytes) text += part;
  text.resize(bytes);
  while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U) {
    text.pop_back();
  }
  if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0x80U) text.pop_back();
  return text;
}

void run(benchmark::State& state, std::string_view part) {
  const auto size = static_cast<std::size_t>(state.range(0));
  const std::string text = repeated(part, size);
  for (auto _ : state) {
    auto graph = extract_venture_graph(text);
    benchmark::DoNotOptimize(graph);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
  state.SetComplexityN(state.range(0));
}

void realistic(benchmark::State& state) { run(state, kArticle); }
void one_sentence(benchmark::State& state) { run(state, "raised from Acme, led by Bolt and "); }
void brackets(benchmark::State& state) { run(state, "[[(<{"); }
void names(benchmark::State& state) { run(state, "led by Acme Capital, Jane Roe of Bolt, "); }
void amounts(benchmark::State& state) { run(state, "raised $5 million in Acme round, "); }
void plain_prose(benchmark::State& state) {
  run(state, "The carriers keep their prices and the data stays where it has always been. ");
}

/// Thousands of different names and rounds, so that nothing is found to be known already.
void different_names(benchmark::State& state) {
  const auto size = static_cast<std::size_t>(state.range(0));
  std::string text;
  for (unsigned n = 0; text.size() < size; ++n) {
    std::string name = "Q";
    for (unsigned k = n; k > 0; k /= 26) name.push_back(static_cast<char>('a' + k % 26));
    text += name + " Labs raised $" + std::to_string(n % 900 + 1) + "m, led by " + name +
            "o Capital and Jo " + name + "u. ";
  }
  for (auto _ : state) {
    auto graph = extract_venture_graph(text);
    benchmark::DoNotOptimize(graph);
  }
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
  state.SetComplexityN(state.range(0));
}

void sizes(benchmark::internal::Benchmark* bench) {
  bench->RangeMultiplier(4)->Range(6250, 400000)->Unit(benchmark::kMillisecond)->Complexity();
}

BENCHMARK(realistic)->Apply(sizes);
BENCHMARK(plain_prose)->Apply(sizes);
BENCHMARK(one_sentence)->Apply(sizes);
BENCHMARK(brackets)->Apply(sizes);
BENCHMARK(names)->Apply(sizes);
BENCHMARK(amounts)->Apply(sizes);
BENCHMARK(different_names)->Apply(sizes);

}  // namespace
