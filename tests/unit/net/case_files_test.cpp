// The case files of tests/data, run through the real fetcher.
#include <gtest/gtest.h>

#include "cases/runners.h"

namespace graphrail::cases {
namespace {

TEST(CaseFiles, EverySsrfCasePasses) {
  const auto cases = read_cases(GRAPHRAIL_SOURCE_DIR "/tests/data/ssrf.jsonl");
  ASSERT_GT(cases.size(), 200U);
  for (const CaseResult& result : run_ssrf(cases)) {
    EXPECT_TRUE(result.pass) << result.id << ": " << result.got;
  }
}

}  // namespace
}  // namespace graphrail::cases
