// The contract and its page as they are served, and that the contract and the routes agree.
#include <boost/json/parse.hpp>
#include <memory>
#include <set>
#include <string>

#include "api/routes.h"
#include "api/scenario.h"
#include "core/clock.h"
#include "core/random.h"
#include "web/asset_handler.h"

namespace graphrail::test {
namespace {

using Operations = std::set<std::string>;

Operations documented_operations(const HttpReply& contract) {
  Operations operations;
  const auto json = boost::json::parse(contract.body);
  for (const auto& [path, item] : json.at("paths").as_object()) {
    for (const auto& [method, operation] : item.as_object()) {
      std::string name(method);
      for (char& c : name) c = static_cast<char>(c & ~0x20);
      operations.insert(name + " " + std::string(path));
    }
  }
  return operations;
}

Operations routed_operations() {
  api::ApiParts parts;
  parts.embedded = [](std::string_view path) { return web::make_asset_handler(path); };
  Operations operations;
  for (const http::Route& route : api::make_routes(parts)) {
    operations.insert(std::string(http::to_string(route.method)) + " " + route.path);
  }
  return operations;
}

TEST(Contract, DocumentsExactlyTheRoutes) {
  const TestServer server;
  const HttpReply contract = server.get("/openapi.json");
  ASSERT_EQ(contract.status, 200);
  EXPECT_EQ(documented_operations(contract), routed_operations());
}

TEST(Contract, IsOpenApi31) {
  const TestServer server;
  const HttpReply contract = server.get("/openapi.json");
  EXPECT_EQ(contract.header("Content-Type"), "application/json");
  EXPECT_EQ(boost::json::parse(contract.body).at("openapi").as_string(), "3.1.0");
  expect_sound_answer(server, contract);
}

TEST(DocsPage, LoadsNothingFromOtherHosts) {
  const TestServer server;
  const HttpReply page = server.get("/docs");
  EXPECT_EQ(page.status, 200);
  EXPECT_EQ(page.header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(page.body.find("http:"), std::string::npos);
  EXPECT_EQ(page.body.find("https:"), std::string::npos);
  const std::string policy(page.header("Content-Security-Policy"));
  EXPECT_EQ(policy.find("*"), std::string::npos);
  EXPECT_EQ(policy.find("http"), std::string::npos);
  EXPECT_EQ(policy.find("unsafe-eval"), std::string::npos);
  EXPECT_NE(policy.find("default-src 'none'"), std::string::npos);
  expect_sound_answer(server, page);
}

TEST(DocsPage, ComesPackedOnceAndNotAgain) {
  const TestServer server;
  const HttpReply plain = server.get("/docs/rapidoc.js");
  const HttpReply packed = server.get("/docs/rapidoc.js", {{"Accept-Encoding", "gzip, br"}});
  EXPECT_EQ(packed.header("Content-Encoding"), "gzip");
  EXPECT_EQ(gunzip(packed.body), plain.body);
  EXPECT_LT(packed.body.size() * 3, plain.body.size());
  const std::string etag(packed.header("ETag"));
  const HttpReply again =
      server.get("/docs/rapidoc.js", {{"Accept-Encoding", "gzip"}, {"If-None-Match", etag}});
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.header("ETag"), etag);
  EXPECT_EQ(again.body, "");
}

TEST(DocsPage, AnswersHeadWithTheLengthOfGet) {
  const TestServer server;
  const HttpReply head = server.send("HEAD", "/docs/rapidoc.js");
  const HttpReply got = server.get("/docs/rapidoc.js");
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("Content-Length"), std::to_string(got.body.size()));
  EXPECT_EQ(head.header("ETag"), got.header("ETag"));
}

}  // namespace
}  // namespace graphrail::test
