// Which URLs may share one cached page.
#include "page/page_keys.h"

#include <gtest/gtest.h>

#include "page/url_key.h"

namespace graphrail::page {
namespace {

std::size_t key_count(const char* final_url, const char* canonical) {
  return page_keys(cache_key("https://a.example.co.uk/x").value(),
                   net::parse_url(final_url).value(), canonical)
      .size();
}

TEST(PageKeys, ACanonicalUrlSpeaksForItsOwnSiteOnly) {
  constexpr const char* kFinal = "https://a.example.co.uk/x";
  EXPECT_EQ(key_count(kFinal, "https://www.example.co.uk/story"), 2U);
  EXPECT_EQ(key_count(kFinal, "https://a.example.co.uk/x?utm_source=feed"), 1U);
  EXPECT_EQ(key_count(kFinal, ""), 1U);
  EXPECT_EQ(key_count(kFinal, "http://www.example.co.uk/story"), 1U);
  EXPECT_EQ(key_count(kFinal, "https://other.co.uk/story"), 1U);
  EXPECT_EQ(key_count(kFinal, "https://www.example.co.uk/"), 1U);
  EXPECT_EQ(key_count(kFinal, "https://www.example.co.uk:8443/story"), 1U);
  EXPECT_EQ(key_count(kFinal, "not a url"), 1U);
  EXPECT_EQ(key_count("https://b.example.co.uk/y", ""), 2U);
}

TEST(PageKeys, SharedCachesObeyCacheControl) {
  EXPECT_TRUE(may_be_cached(""));
  EXPECT_TRUE(may_be_cached("public, max-age=60"));
  EXPECT_TRUE(may_be_cached("x-private-ish, no-cache"));
  EXPECT_FALSE(may_be_cached("no-store"));
  EXPECT_FALSE(may_be_cached("max-age=0,  Private "));
  EXPECT_FALSE(may_be_cached("private=\"set-cookie\", max-age=3"));
}

}  // namespace
}  // namespace graphrail::page
