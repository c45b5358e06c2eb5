// Rules that read header fields: media types, Retry-After, the head as a whole.
#include <gtest/gtest.h>

#include "net/fetch_error.h"
#include "net/media_type.h"
#include "net/response_head.h"
#include "net/retry_after.h"

namespace graphrail::net {
namespace {

using namespace std::chrono_literals;

std::chrono::system_clock::time_point at(std::string_view date) {
  return *parse_http_date(date, std::chrono::sys_days{});
}

TEST(MediaType, ReadsTypeAndCharset) {
  EXPECT_EQ(parse_media_type("Text/HTML ; Charset=\"UTF-8\""), (MediaType{"text/html", "utf-8"}));
  EXPECT_EQ(parse_media_type("text/html; q=1; charset='latin1'"),
            (MediaType{"text/html", "latin1"}));
  EXPECT_EQ(parse_media_type("text/plain;charset="), (MediaType{"text/plain", ""}));
  for (const char* text : {"", "html", "/", "text/", "/html", "text html", "text/ht ml"}) {
    EXPECT_FALSE(parse_media_type(text)) << text;
  }
}

TEST(MediaType, ComparesWholeNames) {
  EXPECT_EQ(kind_of({"text/html", ""}), MediaKind::kHtml);
  EXPECT_EQ(kind_of({"application/xhtml+xml", ""}), MediaKind::kHtml);
  EXPECT_EQ(kind_of({"text/plain", ""}), MediaKind::kPlainText);
  EXPECT_EQ(kind_of({"text/xml", ""}), MediaKind::kXml);
  for (const char* name : {"x-text/html", "text/htmlx", "application/json", "image/svg+xml"}) {
    EXPECT_EQ(kind_of({name, ""}), MediaKind::kUnsupported) << name;
  }
}

TEST(Sniff, TellsMarkupTextAndBinaryApart) {
  EXPECT_EQ(sniff("\n <!DOCTYPE HTML><p>"), MediaKind::kHtml);
  EXPECT_EQ(sniff("\xEF\xBB\xBF<html>"), MediaKind::kHtml);
  EXPECT_EQ(sniff("<?xml version='1.0'?>"), MediaKind::kXml);
  EXPECT_EQ(sniff("a < b and c > d"), MediaKind::kPlainText);
  EXPECT_EQ(sniff("<abacus>"), MediaKind::kPlainText);
  EXPECT_EQ(sniff("%PDF-1.7"), MediaKind::kUnsupported);
  EXPECT_EQ(sniff(std::string_view("plain\0text", 10)), MediaKind::kUnsupported);
  EXPECT_FALSE(has_binary_signature("ID3 tags hold the names of songs"));
}

TEST(RetryAfter, SecondsAndDates) {
  const auto now = at("Wed, 21 Oct 2026 07:28:00 GMT");
  EXPECT_EQ(parse_retry_after("120", now), 120s);
  EXPECT_EQ(parse_retry_after(" 30 ", now), 30s);
  EXPECT_EQ(parse_retry_after("0", now), 0s);
  EXPECT_EQ(parse_retry_after("Wed, 21 Oct 2026 07:29:05 GMT", now), 65s);
  EXPECT_EQ(parse_retry_after("Wednesday, 21-Oct-26 07:29:05 GMT", now), 65s);
  EXPECT_EQ(parse_retry_after("Wed Oct 21 07:29:05 2026", now), 65s);
  EXPECT_EQ(parse_retry_after("Wed Oct  7 07:29:05 2026", now), 0s);
  EXPECT_EQ(parse_retry_after("Sunday, 06-Nov-94 08:49:37 GMT", now), 0s);
}

TEST(RetryAfter, IgnoresJunkAndClampsTheAbsurd) {
  const auto now = at("Wed, 21 Oct 2026 07:28:00 GMT");
  for (const char* text : {"", "-5", "1.5", "soon", "+5", "0x10", "Wed, 32 Oct 2026 07:28:00 GMT",
                           "Wed, 21 Oct 2026 25:28:00 GMT", "Wed, 21 Oct 2026 07:28:00 CET",
                           "Wed, 21 Foo 2026 07:28:00 GMT"}) {
    EXPECT_FALSE(parse_retry_after(text, now)) << text;
  }
  EXPECT_EQ(parse_retry_after("99999999999999999999999999", now), 366 * 24h);
}

ResponseHead head_of(int status, std::vector<std::pair<std::string, std::string>> fields = {}) {
  return {status, std::move(fields)};
}

std::string verdict_of(const ResponseHead& head, bool conditional = false) {
  const auto verdict = judge_head(head, conditional, 1000);
  if (!verdict) return verdict.error().reason();
  switch (verdict->next) {
    case HeadVerdict::Next::kFollowLocation:
      return "follow";
    case HeadVerdict::Next::kNotModified:
      return "not_modified";
    case HeadVerdict::Next::kReadBody:
      break;
  }
  return "read";
}

TEST(JudgeHead, MapsStatuses) {
  for (const auto& [status, reason] : {std::pair{200, "read"},
                                       {204, "empty"},
                                       {300, "bad_status"},
                                       {304, "bad_status"},
                                       {400, "bad_status"},
                                       {401, "login_required"},
                                       {402, "paywall"},
                                       {403, "blocked"},
                                       {404, "not_found"},
                                       {410, "not_found"},
                                       {418, "bad_status"},
                                       {429, "rate_limited"},
                                       {451, "blocked"},
                                       {500, "upstream_error"},
                                       {599, "upstream_error"},
                                       {999, "bad_status"},
                                       {101, "bad_status"},
                                       {206, "bad_status"}}) {
    EXPECT_EQ(verdict_of(head_of(status)), reason) << status;
  }
  EXPECT_EQ(verdict_of(head_of(304), true), "not_modified");
  EXPECT_EQ(verdict_of(head_of(302, {{"location", "/x"}})), "follow");
  EXPECT_EQ(verdict_of(head_of(403, {{"cf-mitigated", "challenge"}})), "bot_challenge");
}

TEST(JudgeHead, ReadsLengthsStrictly) {
  EXPECT_EQ(verdict_of(head_of(200, {{"content-length", "1000"}})), "read");
  EXPECT_EQ(verdict_of(head_of(200, {{"content-length", "5, 5"}})), "read");
  EXPECT_EQ(verdict_of(head_of(200, {{"content-length", "1001"}})), "too_large");
  for (const char* text : {"abc", "-1", "1e9", "5, 6", "", "0x10", "9999999999999999999999"}) {
    EXPECT_EQ(verdict_of(head_of(200, {{"content-length", text}})), "bad_response") << text;
  }
  EXPECT_EQ(verdict_of(head_of(200, {{"content-length", "5"}, {"content-length", "6"}})),
            "bad_response");
}

TEST(JudgeHead, ChecksTypeAndCoding) {
  EXPECT_EQ(verdict_of(head_of(200, {{"content-type", "image/png"}})), "unsupported_type");
  EXPECT_EQ(verdict_of(head_of(200, {{"content-encoding", "zstd"}})), "bad_encoding");
  EXPECT_EQ(verdict_of(head_of(200, {{"content-encoding", "gzip,gzip,gzip,gzip"}})),
            "bad_encoding");
}

TEST(HeadParser, SkipsInterimResponses) {
  HeadParser parser;
  for (const char* line : {"HTTP/1.1 103 Early Hints\r\n", "Link: </x>\r\n", "\r\n"}) {
    EXPECT_TRUE(parser.add_line(line));
  }
  EXPECT_FALSE(parser.complete());
  for (const char* line : {"HTTP/1.1 200 OK\r\n", "X-One:  a b \r\n", "\r\n"}) {
    EXPECT_TRUE(parser.add_line(line));
  }
  EXPECT_TRUE(parser.complete());
  EXPECT_EQ(parser.head().status, 200);
  EXPECT_EQ(parser.head().find("x-one"), "a b");
  EXPECT_FALSE(parser.head().find("link"));
}

TEST(HeadParser, JoinsFoldedLines) {
  HeadParser parser;
  for (const char* line : {"HTTP/1.1 200 OK\r\n", "X-Long: one\r\n", "\t two: 2\r\n", "\r\n"}) {
    EXPECT_TRUE(parser.add_line(line));
  }
  EXPECT_EQ(parser.head().find("x-long"), "one two: 2");
}

TEST(HeadParser, IsBounded) {
  HeadParser many;
  many.add_line("HTTP/1.1 200 OK\r\n");
  int accepted = 0;
  while (accepted < 1000 && many.add_line("a: b\r\n")) ++accepted;
  EXPECT_LT(accepted, 200);
  HeadParser large;
  large.add_line("HTTP/1.1 200 OK\r\n");
  EXPECT_FALSE(large.add_line("a: " + std::string(70'000, 'b') + "\r\n"));
}

}  // namespace
}  // namespace graphrail::net
