// USES: extract
// Throughput of the incremental reader of model answers, beside memchr over the same bytes.
#include "extract/model/element_reader.h"

#include <benchmark/benchmark.h>

#include <cstring>
#include <string>

namespace {

using graphrail::extract::model::ElementReader;
using graphrail::extract::model::ElementSink;

struct Counter final : ElementSink {
  void element(std::string_view, std::string_view json) override { bytes += json.size(); }
  std::size_t bytes = 0;
};

std::string make_answer(std::size_t elements) {
  std::string text = R"({"nodes":[)";
  for (std::size_t i = 0; i < elements; ++i) {
    if (i != 0) text += ',';
    text +=
        R"({"id":"harrowgate-ventures","label":"Harrowgate Ventures","type":"Investor",)"
        R"("evidence":"a $14 million Series A round led by \"Harrowgate Ventures\", with others"})";
  }
  return text + "]}";
}

void read_answer(benchmark::State& state) {
  const std::string answer = make_answer(20'000);
  const auto piece = static_cast<std::size_t>(state.range(0));
  for (auto _ : state) {
    ElementReader reader;
    Counter counter;
    for (std::size_t at = 0; at < answer.size(); at += piece) {
      reader.feed(std::string_view(answer).substr(at, piece), counter);
    }
    if (!reader.complete()) state.SkipWithError("answer not complete");
    benchmark::DoNotOptimize(counter.bytes);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * answer.size()));
}
BENCHMARK(read_answer)->Arg(64)->Arg(1400)->Arg(16384)->Arg(1 << 20);

void memchr_baseline(benchmark::State& state) {
  const std::string answer = make_answer(20'000);
  for (auto _ : state) {
    std::size_t quotes = 0;
    const char* at = answer.data();
    const char* end = at + answer.size();
    while ((at = static_cast<const char*>(std::memchr(at, '"', end - at))) != nullptr) {
      ++quotes;
      ++at;
    }
    benchmark::DoNotOptimize(quotes);
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations() * answer.size()));
}
BENCHMARK(memchr_baseline);

}  // namespace
