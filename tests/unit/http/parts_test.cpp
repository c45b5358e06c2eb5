// The room's pure parts: fields, targets, router, writer, dates, events, compression, conditions.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "http/compression.h"
#include "http/conditional.h"
#include "http/event_stream.h"
#include "http/http_date.h"
#include "http/problem.h"
#include "http/response_writer.h"
#include "http/status.h"
#include "http/target.h"
#include "server_fixture.h"

namespace graphrail::http {
namespace {

TEST(Fields, CompareNamesWithoutCase) {
  Fields fields;
  fields.add("Accept", "a");
  fields.add("ACCEPT", "b");
  EXPECT_EQ(fields.get("accept"), "a");
  fields.set("aCCept", "c");
  EXPECT_EQ(fields.get_all("Accept"), (std::vector<std::string_view>{"c"}));
  EXPECT_FALSE(fields.has("Accept-Encoding"));
}

TEST(Fields, OwnFieldsTakeThePlaceOfSharedOnes) {
  Fields fields;
  fields.share(std::make_shared<const FieldBlock>(FieldBlock::List{{"A", "shared"}, {"B", "b"}}));
  fields.add("a", "own");
  EXPECT_EQ(fields.get("A"), "own");
  EXPECT_EQ(fields.get_all("a"), (std::vector<std::string_view>{"own"}));
  EXPECT_EQ(fields.get("b"), "b");
  EXPECT_TRUE(fields.has("B"));
}

std::string write_head(const Response& response, bool keeps_alive = true) {
  std::string out;
  append_response_head(out, response, {.keeps_alive = keeps_alive, .date_line = "Date: now\r\n"});
  return out;
}

TEST(ResponseWriter, WritesFramingFieldsItself) {
  Response response = make_response(200, "text/plain", "12345");
  response.headers.add("Content-Length", "99");
  response.headers.add("Transfer-Encoding", "chunked");
  response.headers.add("Connection", "upgrade");
  response.headers.add("Date", "yesterday");
  EXPECT_EQ(
      write_head(response),
      "HTTP/1.1 200 OK\r\nDate: now\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\n");
}

TEST(ResponseWriter, AValueCannotEndItsField) {
  Response response;
  response.status = 404;
  response.headers.add("X", std::string("a\r\nSet-Cookie: b\0c\td", 20));
  EXPECT_EQ(write_head(response, false),
            "HTTP/1.1 404 Not Found\r\nDate: now\r\nX: a  Set-Cookie: b c\td\r\n"
            "Content-Length: 0\r\nConnection: close\r\n\r\n");
}

TEST(ResponseWriter, WritesNoLengthWithoutABody) {
  Response response;
  response.status = 304;
  EXPECT_EQ(write_head(response), "HTTP/1.1 304 Not Modified\r\nDate: now\r\n\r\n");
  EXPECT_EQ(status_phrase(413), "Content Too Large");
  EXPECT_EQ(status_phrase(799), "Unknown");
}

TEST(ResponseWriter, FramesChunks) {
  std::string out;
  append_chunk(out, "");
  append_chunk(out, std::string(26, 'x'));
  EXPECT_EQ(out, "1a\r\n" + std::string(26, 'x') + "\r\n");
}

TEST(HttpDate, IsAnImfFixdate) {
  EXPECT_EQ(format_http_date(784111777), "Sun, 06 Nov 1994 08:49:37 GMT");
  EXPECT_EQ(format_http_date(0), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(format_http_date(1709164800), "Thu, 29 Feb 2024 00:00:00 GMT");
}

TEST(EventStream, FormatsLines) {
  EXPECT_EQ(format_event(3, "node", R"({"a":1})"), "id: 3\nevent: node\ndata: {\"a\":1}\n\n");
  EXPECT_EQ(format_event(4, "no\nde", "one\ntwo\r\nthree\rfour"),
            "id: 4\nevent: node\ndata: one\ndata: two\ndata: three\ndata: four\n\n");
  EXPECT_EQ(format_comment("still\nhere"), ": still\n: here\n\n");
}

TEST(Problem, HasTheMembersOfBothContracts) {
  Problem problem{.status = 429,
                  .error = "rate_limited",
                  .detail = "Slow down.",
                  .retry_after_seconds = 7,
                  .extensions = {{"violated", "burst"}}};
  const Response response = make_problem_response(problem, "id1");
  EXPECT_EQ(response.status, 429);
  EXPECT_EQ(response.headers.get("Retry-After"), "7");
  EXPECT_EQ(response.body, R"({"type":"about:blank","title":"Too Many Requests","status":429,)"
                           R"("detail":"Slow down.","request_id":"id1","error":"rate_limited",)"
                           R"("message":"Slow down.","retry_after":7,"violated":"burst"})");
}

TEST(Compression, ReadsAcceptEncoding) {
  for (const char* accepted : {"gzip", "GZIP", "br, gzip;q=0.1", "*", "deflate, *;q=0.5", "x-gzip",
                               "gzip ; q=1.0", "identity;q=0, gzip"}) {
    EXPECT_TRUE(accepts_gzip(accepted)) << accepted;
  }
  for (const char* refused : {"", "br", "identity", "gzip;q=0", "gzip;q=0.000", "*;q=0",
                              "gzip;q=0, *", "gzipped", " , ,"}) {
    EXPECT_FALSE(accepts_gzip(refused)) << refused;
  }
}

Response compress(Response response, std::string_view accept = "gzip") {
  Request request;
  request.headers.add("Accept-Encoding", std::string(accept));
  compress_response(request, response, 1024);
  return response;
}

TEST(Compression, LeavesAloneWhatGainsNothing) {
  const std::string body(2000, 'a');
  EXPECT_TRUE(compress(make_response(200, "text/plain", body)).headers.has("Content-Encoding"));
  EXPECT_TRUE(compress(make_response(400, "application/problem+json; charset=utf-8", body))
                  .headers.has("Content-Encoding"));
  EXPECT_FALSE(compress(make_response(200, "image/png", body)).headers.has("Vary"));
  EXPECT_FALSE(compress(make_response(200, "text/plain", "short")).headers.has("Vary"));
  Response encoded = make_response(200, "text/plain", body);
  encoded.headers.add("Content-Encoding", "br");
  EXPECT_EQ(compress(encoded).body, body);
  Response untouchable = make_response(200, "text/plain", body);
  untouchable.headers.add("Cache-Control", "max-age=1, no-transform");
  EXPECT_EQ(compress(untouchable).body, body);
  EXPECT_EQ(
      compress(make_response(200, "text/plain", std::string(2 * 1024 * 1024, 'a'))).body.size(),
      2U * 1024 * 1024);
}

TEST(Compression, JoinsVary) {
  Response response = make_response(200, "text/plain", std::string(2000, 'a'));
  response.headers.add("Vary", "Accept");
  EXPECT_EQ(compress(response, "").headers.get("Vary"), "Accept, Accept-Encoding");
  EXPECT_EQ(compress(compress(response, ""), "").headers.get("Vary"), "Accept, Accept-Encoding");
}

RC_GTEST_PROP(Compression, CanBeUndone, (const std::string& text)) {
  RC_ASSERT(unzip(gzip(text)) == text);
}

TEST(Conditional, ComparesTagsWeakly) {
  EXPECT_TRUE(matches_if_none_match("\"a\"", "\"a\""));
  EXPECT_TRUE(matches_if_none_match("W/\"a\"", "\"a\""));
  EXPECT_TRUE(matches_if_none_match("\"b\", W/\"a\"", "W/\"a\""));
  EXPECT_TRUE(matches_if_none_match("*", "\"a\""));
  EXPECT_TRUE(matches_if_none_match("\"x,y\"", "\"x,y\""));
  EXPECT_FALSE(matches_if_none_match("\"b\"", "\"a\""));
  EXPECT_FALSE(matches_if_none_match("a", "\"a\""));
  EXPECT_FALSE(matches_if_none_match("\"a", "\"a\""));
}

TEST(Conditional, TurnsAKnownAnswerInto304) {
  Request request;
  request.method = Method::kGet;
  request.headers.add("If-None-Match", "\"v\"");
  Response response = make_response(200, "text/css", "body");
  response.headers.add("ETag", "\"v\"");
  response.headers.add("Cache-Control", "no-cache");
  Response changed = response;
  changed.headers.set("ETag", "\"w\"");
  apply_if_none_match(request, response);
  EXPECT_EQ(response.status, 304);
  EXPECT_EQ(response.headers.get("ETag"), "\"v\"");
  EXPECT_EQ(response.headers.get("Cache-Control"), "no-cache");
  EXPECT_FALSE(response.headers.has("Content-Type"));
  EXPECT_TRUE(response.body.empty());
  apply_if_none_match(request, changed);
  EXPECT_EQ(changed.status, 200);
}

RC_GTEST_PROP(Target, NeverLetsControlOrClimbingThrough, ()) {
  const auto raw = *rc::gen::container<std::string>(rc::gen::weightedOneOf<char>(
      {{3, rc::gen::elementOf(std::string("/.%20efA?#"))}, {1, rc::gen::arbitrary<char>()}}));
  std::string path;
  std::string query;
  if (!parse_target("/" + raw, path, query)) return;
  RC_ASSERT(path.starts_with('/'));
  RC_ASSERT((path + "/").find("/../") == std::string::npos);
  RC_ASSERT(std::ranges::none_of(
      path + query, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F'; }));
}

TEST(Router, PrefersLiteralsAndFillsParameters) {
  const auto tell = [](std::shared_ptr<Request> request) {
    return respond_with(make_response(200, "text/plain",
                                      std::string(request->route) + "|" +
                                          std::string(request->path_parameter("id")) + "|" +
                                          std::string(request->path_parameter("part"))));
  };
  const auto router = std::make_shared<Router>(std::vector<Route>{
      {Method::kGet, "/a/{id}", tell},
      {Method::kGet, "/a/fixed", tell},
      {Method::kGet, "/a/{id}/{part}", tell},
      {Method::kGet, "/a/{id}/source", tell},
  });
  const auto ask = [&router](std::string path) {
    auto request = std::make_shared<Request>();
    request->method = Method::kGet;
    request->path = std::move(path);
    return run_handler(
        [&router](std::shared_ptr<Request> r) { return router->handle(std::move(r)); }, request);
  };
  EXPECT_EQ(ask("/a/7").body, "/a/{id}|7|");
  EXPECT_EQ(ask("/a/fixed").body, "/a/fixed||");
  EXPECT_EQ(ask("/a/7/source").body, "/a/{id}/source|7|");
  EXPECT_EQ(ask("/a/7/x").body, "/a/{id}/{part}|7|x");
  EXPECT_EQ(ask("/a/").status, 404);
  EXPECT_EQ(ask("/a").status, 404);
  EXPECT_EQ(ask("/a/7/source/").status, 404);
}

TEST(Router, RefusesAmbiguousTables) {
  EXPECT_THROW(Router({{Method::kGet, "/a", echo}, {Method::kGet, "/a", echo}}), std::logic_error);
  EXPECT_THROW(Router({{Method::kGet, "/{a}", echo}, {Method::kPost, "/{b}", echo}}),
               std::logic_error);
  EXPECT_THROW(Router({{Method::kGet, "a", echo}}), std::logic_error);
}

TEST(RequestMetrics, SurviveMoreCombinationsThanTheirTable) {
  RequestMetrics metrics(std::make_shared<observe::Metrics>());
  for (int i = 0; i < 3000; ++i) {
    metrics.begin();
    metrics.end("/route/" + std::to_string(i), Method::kGet, 200, std::chrono::milliseconds(1));
  }
}

}  // namespace
}  // namespace graphrail::http
