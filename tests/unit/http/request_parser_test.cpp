// The parser without a socket: what it takes, and that the cut of the bytes does not matter.
#include "http/request_parser.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

namespace graphrail::http {
namespace {

struct Parsed {
  Request request;
  bool is_complete = false;
  int failure_status = 0;
  bool keeps_alive = false;
  std::string left;
};

/// Feeds `bytes` cut at `cuts`, as a connection would.
Parsed parse(const std::string& bytes, std::vector<std::size_t> cuts = {}) {
  Parsed parsed;
  RequestParser parser(ParserLimits{}, parsed.request);
  cuts.push_back(bytes.size());
  std::ranges::sort(cuts);
  std::string pending;
  std::size_t at = 0;
  for (const std::size_t cut : cuts) {
    pending += bytes.substr(at, cut - at);
    at = cut;
    if (pending.empty()) continue;
    pending.erase(0, parser.feed(pending));
    if (parser.failure() || parser.is_complete()) break;
  }
  parsed.is_complete = parser.is_complete();
  parsed.failure_status = parser.failure() ? parser.failure()->status : 0;
  if (parsed.is_complete) parsed.keeps_alive = parser.keeps_alive();
  parsed.left = pending + bytes.substr(at);
  return parsed;
}

TEST(RequestParser, ReadsEveryPart) {
  const Parsed parsed = parse(
      "PATCH /a%20b/%C3%A9?x=%31&y HTTP/1.1\r\nHost: h\r\nX-A: 1\r\nx-a:  2 \r\n"
      "Content-Length: 4\r\n\r\nbodyGET");
  ASSERT_TRUE(parsed.is_complete);
  EXPECT_EQ(parsed.request.method, Method::kPatch);
  EXPECT_EQ(parsed.request.path, "/a b/\xC3\xA9");
  EXPECT_EQ(parsed.request.query, "x=%31&y");
  EXPECT_EQ(parsed.request.headers.get_all("X-A"), (std::vector<std::string_view>{"1", "2"}));
  EXPECT_EQ(parsed.request.body, "body");
  EXPECT_EQ(parsed.left, "GET");
  EXPECT_TRUE(parsed.keeps_alive);
}

TEST(RequestParser, TakesAbsoluteTargets) {
  EXPECT_EQ(parse("GET http://host:1/p?q HTTP/1.1\r\nHost: h\r\n\r\n").request.path, "/p");
  EXPECT_EQ(parse("GET http://host HTTP/1.1\r\nHost: h\r\n\r\n").request.path, "/");
  EXPECT_EQ(parse("GET http://host?q HTTP/1.1\r\nHost: h\r\n\r\n").request.query, "q");
}

TEST(RequestParser, DecodesEscapesOnce) {
  EXPECT_EQ(parse("GET /%2541 HTTP/1.1\r\nHost: h\r\n\r\n").request.path, "/%41");
}

TEST(RequestParser, LeavesTrailerFieldsOut) {
  const Parsed parsed = parse(
      "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "1\r\na\r\n0\r\nX-Late: 1\r\n\r\n");
  ASSERT_TRUE(parsed.is_complete);
  EXPECT_FALSE(parsed.request.headers.has("X-Late"));
}

TEST(RequestParser, CountsTheHeadAcrossFeeds) {
  // Each piece is small; together they exceed the limit.
  std::string bytes = "GET / HTTP/1.1\r\nHost: h\r\n";
  std::vector<std::size_t> cuts;
  for (int i = 0; i < 3000; ++i) {
    bytes += "X-N: 1\r\n";
    cuts.push_back(bytes.size());
  }
  EXPECT_EQ(parse(bytes, cuts).failure_status, 431);
  EXPECT_EQ(parse(bytes).failure_status, 431);
}

RC_GTEST_PROP(RequestParser, TheCutDoesNotMatter, ()) {
  const bool is_chunked = *rc::gen::arbitrary<bool>();
  std::string body = *rc::gen::container<std::string>(rc::gen::arbitrary<char>());
  std::string bytes = "POST /path?query HTTP/1.1\r\nHost: h\r\nX-One: two\r\n";
  if (is_chunked) {
    bytes += "Transfer-Encoding: chunked\r\n\r\n";
    std::size_t at = 0;
    while (at < body.size()) {
      const auto size = std::min<std::size_t>(body.size() - at,
                                              static_cast<std::size_t>(*rc::gen::inRange(1, 40)));
      bytes += fmt::format("{:x}\r\n", size) + body.substr(at, size) + "\r\n";
      at += size;
    }
    bytes += "0\r\n\r\n";
  } else {
    bytes += fmt::format("Content-Length: {}\r\n\r\n", body.size()) + body;
  }
  const auto size = static_cast<int>(bytes.size());
  const auto raw_cuts = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, size));
  std::vector<std::size_t> cuts(raw_cuts.begin(), raw_cuts.end());
  if (*rc::gen::arbitrary<bool>()) {
    for (std::size_t i = 0; i < bytes.size(); ++i) cuts.push_back(i);
  }
  const Parsed parsed = parse(bytes + "GET / next", cuts);
  RC_ASSERT(parsed.is_complete);
  RC_ASSERT(parsed.request.body == body);
  RC_ASSERT(parsed.request.path == "/path");
  RC_ASSERT(parsed.left == "GET / next");
}

}  // namespace
}  // namespace graphrail::http
