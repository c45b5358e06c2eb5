// graphrail_cases ssrf|url-norm|fetch FILE.jsonl: one JSON line per case on stdout, a summary on
// stderr; exit 0 when all pass, 1 when one fails, 2 on wrong usage.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <string_view>

#include "cases/runners.h"

namespace {

int run(std::string_view kind, const char* path) {
  using namespace graphrail::cases;
  const auto cases = read_cases(path);
  std::vector<CaseResult> results;
  if (kind == "ssrf") {
    results = run_ssrf(cases);
  } else if (kind == "url-norm") {
    results = run_url_norm(cases);
  } else if (kind == "fetch") {
    results = run_fetch(cases, page_reader());
  } else {
    std::fprintf(stderr, "graphrail_cases: unknown kind, use ssrf, url-norm or fetch\n");
    return 2;
  }
  for (const CaseResult& result : results) std::puts(to_json_line(result).c_str());
  const auto passed = std::ranges::count_if(results, &CaseResult::pass);
  std::fprintf(stderr, "%lld of %zu pass\n", static_cast<long long>(passed), results.size());
  return static_cast<std::size_t>(passed) == results.size() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: graphrail_cases ssrf|url-norm|fetch FILE.jsonl\n");
    return 2;
  }
  try {
    return run(argv[1], argv[2]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "graphrail_cases: %s\n", error.what());
    return 2;
  }
}
