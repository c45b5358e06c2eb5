#include "page/url_key.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "cases/runners.h"

namespace graphrail::page {
namespace {

TEST(UrlKey, IsVersionedAndHashed) {
  // SHA-256 of "https://example.com/".
  EXPECT_EQ(*cache_key("HTTPS://Example.com"),
            "page:v1:0f115db062b7c0dd030b16878c99dea5c354b49dc37b38eb8846179c7783e9d7");
}

TEST(UrlKey, FailsOnWhatIsNoUrl) { EXPECT_FALSE(cache_key("not a url")); }

TEST(RemoveTracking, MatchesWholeKeysOnly) {
  EXPECT_EQ(remove_tracking("utm_source=x"), "");
  EXPECT_EQ(remove_tracking("a=1&UTM_Source=x&b=2"), "a=1&b=2");
  EXPECT_EQ(remove_tracking("gclid&a"), "a");
  EXPECT_EQ(remove_tracking("xgclid=1&gclidx=1&utm_sources=1&my_utm_source=1"),
            "xgclid=1&gclidx=1&utm_sources=1&my_utm_source=1");
  EXPECT_EQ(remove_tracking("ref=1&source=2&id=fbclid"), "ref=1&source=2&id=fbclid");
}

TEST(RemoveTracking, LeavesOtherQueriesAsTheyAre) {
  for (const char* query : {"", "&", "a=1&", "&&a", "a=1&a=1", "a;utm_source=x"}) {
    EXPECT_EQ(remove_tracking(query), query);
  }
}

RC_GTEST_PROP(RemoveTrackingProperty, IsIdempotent, ()) {
  const auto pieces = *rc::gen::container<std::vector<std::string>>(
      rc::gen::elementOf(std::vector<std::string>{"a=1", "", "utm_id=2", "fbclid", "b", "ref=x"}));
  std::string query;
  for (const std::string& piece : pieces) query += (query.empty() ? "" : "&") + piece;
  const std::string once = remove_tracking(query);
  RC_ASSERT(remove_tracking(once) == once);
  RC_ASSERT(once.find("utm_id") == std::string::npos);
}

TEST(CaseFiles, EveryUrlNormCasePasses) {
  const auto cases = cases::read_cases(GRAPHRAIL_SOURCE_DIR "/tests/data/url-norm.jsonl");
  ASSERT_GT(cases.size(), 50U);
  for (const cases::CaseResult& result : cases::run_url_norm(cases)) {
    EXPECT_TRUE(result.pass) << result.id << ": " << result.got;
  }
}

}  // namespace
}  // namespace graphrail::page
