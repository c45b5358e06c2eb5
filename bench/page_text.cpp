// USES: page core
// Pages per second from bytes to main text, beside the parser alone in the same run. Input: pages
// made here in the proportions of news pages (much script, many links, little prose), or the files
// of the directory named by GRAPHRAIL_BENCH_PAGES.
#include "page/page_text.h"

#include <benchmark/benchmark.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "page/blocks.h"
#include "page/html_tree.h"

namespace {

std::string generated_page(int number) {
  const std::string id = std::to_string(number);
  std::string html = "<!doctype html><html><head><meta charset=utf-8><title>Story " + id +
                     " of the day | The Quay</title><style>.ghost{display:none}</style>";
  for (int i = 0; i < 40; ++i) {
    html += "<script>window.config=window.config||{};(function(a,b){if(a<b){a.push({'k':" +
            std::string(1500, 'x') + "})}})(window.config," + id + ");</script>";
  }
  html += "</head><body><header><nav><ul>";
  for (int i = 0; i < 120; ++i) {
    html += "<li class=\"menu-item menu-item-type-post\"><a class=\"menu-link\" href=\"/section/" +
            std::to_string(i) + "\">Section " + std::to_string(i) + "</a></li>\n";
  }
  html += "</ul></nav></header><main><article class=\"post\"><h1>Story " + id + "</h1>";
  for (int i = 0; i < 25; ++i) {
    html +=
        "<p>The harbour master said on day " + std::to_string(i) +
        " that the <a href=\"/ferries\">ferries</a> would leave as planned, &ldquo;come wind or "
        "rain&rdquo;, and that nobody had asked him about the <b>new quay</b> before.</p>\n";
  }
  html += "</article></main><aside>";
  for (int i = 0; i < 150; ++i) {
    html += "<div class=\"card card--small\"><a href=\"/story/" + std::to_string(i) +
            "\"><img src=\"/i.jpg\" alt=\"\"><span class=\"card__title\">Another story, number " +
            std::to_string(i) + "</span></a><div class=\"card__meta\">Yesterday</div></div>\n";
  }
  return html + "</aside><footer><p>All rights reserved.</p></footer></body></html>";
}

const std::vector<std::string>& pages() {
  static const std::vector<std::string> loaded = [] {
    std::vector<std::string> result;
    if (const char* folder = std::getenv("GRAPHRAIL_BENCH_PAGES")) {
      for (const auto& entry : std::filesystem::directory_iterator(folder)) {
        std::ifstream file(entry.path(), std::ios::binary);
        result.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
      }
    }
    for (int i = 0; result.size() < 20; ++i) result.push_back(generated_page(i));
    return result;
  }();
  return loaded;
}

void report(benchmark::State& state) {
  std::size_t bytes = 0;
  for (const std::string& page : pages()) bytes += page.size();
  const auto rounds = static_cast<double>(state.iterations());
  state.counters["pages/s"] =
      benchmark::Counter(rounds * static_cast<double>(pages().size()), benchmark::Counter::kIsRate);
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes));
}

void BM_ParseOnly(benchmark::State& state) {
  for (auto _ : state) {
    for (const std::string& page : pages()) {
      benchmark::DoNotOptimize(graphrail::page::HtmlTree::parse(page).size());
    }
  }
  report(state);
}
BENCHMARK(BM_ParseOnly)->Unit(benchmark::kMillisecond);

void BM_MainText(benchmark::State& state) {
  for (auto _ : state) {
    for (const std::string& page : pages()) {
      auto read = graphrail::page::read_page(page, {.content_type = "text/html; charset=utf-8"});
      benchmark::DoNotOptimize(read);
    }
  }
  report(state);
}
BENCHMARK(BM_MainText)->Unit(benchmark::kMillisecond);

}  // namespace
