#include "net/url.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "net/fetch_error.h"

namespace graphrail::net {
namespace {

std::string normal(std::string_view text) {
  const auto url = parse_url(text);
  return url ? url->to_string() : "refused: " + url.error().private_cause();
}

bool is_refused(std::string_view text) {
  const auto url = parse_url(text);
  return !url && url.error().is(FetchError::kInvalidUrl);
}

TEST(Url, KeepsItsPartsApart) {
  const auto url = parse_url("https://News.Example.org:8443/a/b?x=1&y=2#part");
  ASSERT_TRUE(url);
  EXPECT_EQ(url->host.name, "news.example.org");
  EXPECT_EQ(url->port, 8443);
  EXPECT_EQ(url->path, "/a/b");
  EXPECT_EQ(url->query, "x=1&y=2");
  EXPECT_EQ(url->target(), "/a/b?x=1&y=2");
  EXPECT_EQ(url->to_string(), "https://news.example.org:8443/a/b?x=1&y=2");
}

TEST(Url, NormalFormsOfPaths) {
  EXPECT_EQ(normal("https://a.org"), "https://a.org/");
  EXPECT_EQ(normal("https://a.org/x/../../y/./z/.."), "https://a.org/y/");
  EXPECT_EQ(normal("https://a.org/%2E%2e/b"), "https://a.org/b");
  EXPECT_EQ(normal("https://a.org//b//"), "https://a.org//b//");
  EXPECT_EQ(normal("https://a.org/%7e%2f%c3%a9 \xC3\xA9"), "https://a.org/~%2F%C3%A9%20%C3%A9");
  EXPECT_EQ(normal("https://a.org/\xFF"), "https://a.org/%FF");
}

TEST(Url, NeverUnescapesTwice) {
  EXPECT_EQ(normal("https://a.org/%2541"), "https://a.org/%2541");
  EXPECT_EQ(normal("https://a.org/%%341"), "https://a.org/%%341");
  EXPECT_EQ(normal("https://a.org/%4%31"), "https://a.org/%4%31");
  EXPECT_EQ(normal("https://a.org/%zz%"), "https://a.org/%zz%");
}

TEST(Url, IgnoresWhiteSpaceAroundIt) {
  EXPECT_EQ(normal(" \t\r\nhttps://a.org/\n"), "https://a.org/");
}

TEST(Url, RefusesWhatParsersReadDifferently) {
  for (const char* text : {"https://a.org\\@10.0.0.1/",
                           "https://a.org/\\b",
                           "https:\\\\a.org/",
                           "https:a.org",
                           "https:/a.org",
                           "https:///a.org",
                           "https://a.org@b.org/",
                           "https://@a.org/",
                           "https://a.org\n/",
                           "https://a.org/\x01",
                           "https://a.org:80:80/",
                           "https://a.org:+80/",
                           "https://a.org:65536/",
                           "https://[::1",
                           "https://[::1]x/",
                           "https://[a.org]/",
                           "//a.org/",
                           "a.org",
                           "",
                           "https://",
                           "javascript:alert(1)",
                           "https://a b.org/"}) {
    EXPECT_TRUE(is_refused(text)) << text;
  }
}

TEST(Url, TheHostEndsAtTheFirstDelimiter) {
  EXPECT_EQ(parse_url("https://a.org?@b.org/")->host.name, "a.org");
  EXPECT_EQ(parse_url("https://a.org#@b.org/")->host.name, "a.org");
  EXPECT_EQ(parse_url("https://a.org/@b.org/")->host.name, "a.org");
}

TEST(Url, RefusesOverlongText) {
  EXPECT_TRUE(is_refused("https://a.org/" + std::string(kMaxUrlBytes, 'a')));
}

struct Reference {
  const char* text;
  const char* result;
};

TEST(Url, RefusesWhatIsTooLongOnceItIsEscaped) {
  // One byte of these becomes three in normal form.
  std::string text = "https://a.org/";
  for (int i = 0; i < 1'500; ++i) text += "\xC3\xA9";
  EXPECT_TRUE(is_refused(text));
  EXPECT_FALSE(resolve_reference(*parse_url("https://a.org/b"), text.substr(14)).has_value());
  EXPECT_TRUE(parse_url(text.substr(0, 1'014)).has_value());
}

TEST(ResolveReference, FollowsRfc3986) {
  const Url base = *parse_url("https://a.org/b/c/d?q");
  for (const auto& [text, result] : {Reference{"g", "https://a.org/b/c/g"},
                                     {"./g", "https://a.org/b/c/g"},
                                     {"g/", "https://a.org/b/c/g/"},
                                     {"/g", "https://a.org/g"},
                                     {"//g.org", "https://g.org/"},
                                     {"?y", "https://a.org/b/c/d?y"},
                                     {"g?y", "https://a.org/b/c/g?y"},
                                     {"..", "https://a.org/b/"},
                                     {"../../../g", "https://a.org/g"},
                                     {"#s", "https://a.org/b/c/d?q"},
                                     {".", "https://a.org/b/c/"},
                                     {"httpfoo/x", "https://a.org/b/c/httpfoo/x"},
                                     {"http://h.org/", "http://h.org/"}}) {
    const auto url = resolve_reference(base, text);
    ASSERT_TRUE(url) << text;
    EXPECT_EQ(url->to_string(), result) << text;
  }
}

TEST(ResolveReference, RefusesTricks) {
  const Url base = *parse_url("https://a.org/b");
  for (const char* text : {"", "  ", "\\\\h.org\\x", "/\\h.org", "///h.org/x", "https:h.org",
                           "javascript:alert(1)", "gopher://h.org/", "https://u@h.org/", "/a\tb"}) {
    const auto url = resolve_reference(base, text);
    ASSERT_FALSE(url) << text;
    EXPECT_TRUE(url.error().is(FetchError::kBadRedirect)) << text;
  }
}

/// Texts over an alphabet that provokes the parser, behind a prefix that often parses.
rc::Gen<std::string> any_url() {
  const auto tail = rc::gen::container<std::string>(
      rc::gen::elementOf(std::string("ab./%2eE41?#&=:@[]\\ ~+\xC3\xA9\x80")));
  return rc::gen::map(tail, [](const std::string& text) { return "https://a.org/" + text; });
}

RC_GTEST_PROP(UrlProperty, NormalFormIsAFixedPoint, ()) {
  const auto url = parse_url(*any_url());
  RC_PRE(url.has_value());
  const auto again = parse_url(url->to_string());
  RC_ASSERT(again.has_value());
  RC_ASSERT(*again == *url);
}

RC_GTEST_PROP(UrlProperty, NormalFormHasNoRawBytes, ()) {
  const auto url = parse_url(*any_url());
  RC_PRE(url.has_value());
  for (const char c : url->to_string()) RC_ASSERT(c > 0x20 && c < 0x7F && c != '\\');
}

}  // namespace
}  // namespace graphrail::net
