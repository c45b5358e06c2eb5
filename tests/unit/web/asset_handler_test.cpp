// Embedded files over HTTP: validators, the packed form, policies.
#include "web/asset_handler.h"

#include <gtest/gtest.h>

#include <memory>
#include <set>
#include <stdexcept>
#include <string>

#include "support/await.h"
#include "support/http_client.h"
#include "web/assets.h"

namespace graphrail::web {
namespace {

http::Response ask(const http::Handler& handler, http::Fields headers = {}) {
  auto request = std::make_shared<http::Request>();
  request->method = http::Method::kGet;
  request->headers = std::move(headers);
  return test::await(handler(request));
}

http::Fields with(std::string name, std::string value) {
  http::Fields fields;
  fields.add(std::move(name), std::move(value));
  return fields;
}

TEST(Assets, AreServableAndPackedRight) {
  ASSERT_FALSE(all_assets().empty());
  std::set<std::string_view> paths;
  for (const Asset& asset : all_assets()) {
    EXPECT_TRUE(asset.path.starts_with('/')) << asset.path;
    EXPECT_TRUE(paths.insert(asset.path).second) << asset.path;
    EXPECT_EQ(asset.hash.size(), 32u);
    EXPECT_FALSE(asset.raw.empty());
    EXPECT_FALSE(asset.content_type.empty());
    if (!asset.gzip.empty()) EXPECT_EQ(test::gunzip(asset.gzip), asset.raw) << asset.path;
  }
}

TEST(AssetHandler, AnswersTheRawForm) {
  const http::Response response = ask(make_asset_handler("/openapi.json"));
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.headers.get("Content-Type"), "application/json");
  EXPECT_EQ(response.headers.get("Content-Encoding"), "");
  EXPECT_EQ(response.headers.get("Vary"), "Accept-Encoding");
  EXPECT_EQ(response.body_view(), find_asset("/openapi.json")->raw);
}

TEST(AssetHandler, AnswersThePackedFormUnderItsOwnETag) {
  const http::Handler handler = make_asset_handler("/openapi.json");
  const http::Response packed = ask(handler, with("Accept-Encoding", "br, gzip"));
  EXPECT_EQ(packed.headers.get("Content-Encoding"), "gzip");
  EXPECT_EQ(packed.body_view(), find_asset("/openapi.json")->gzip);
  EXPECT_NE(packed.headers.get("ETag"), ask(handler).headers.get("ETag"));
}

TEST(AssetHandler, AnswersNotModifiedToACurrentCopy) {
  const http::Handler handler = make_asset_handler("/docs");
  const std::string etag(ask(handler).headers.get("ETag"));
  const http::Response response = ask(handler, with("If-None-Match", "\"other\", W/" + etag));
  EXPECT_EQ(response.status, 304);
  EXPECT_EQ(response.body_view(), "");
  EXPECT_EQ(response.headers.get("ETag"), etag);
  EXPECT_EQ(ask(handler, with("If-None-Match", "\"other\"")).status, 200);
}

TEST(AssetHandler, GivesThePageItsOwnPolicyWithoutOtherHosts) {
  const http::Response page = ask(make_asset_handler("/docs"));
  const std::string policy(page.headers.get("Content-Security-Policy"));
  EXPECT_NE(policy.find("default-src 'none'"), std::string::npos);
  EXPECT_NE(policy.find("frame-ancestors 'none'"), std::string::npos);
  EXPECT_EQ(policy.find("http"), std::string::npos);
  EXPECT_EQ(policy.find("unsafe-eval"), std::string::npos);
  EXPECT_FALSE(ask(make_asset_handler("/openapi.json")).headers.has("Content-Security-Policy"));
}

TEST(AssetHandler, ServesAFileWithoutPackedForm) {
  const Asset asset{"/x", "text/plain", "0123", "raw", ""};
  const http::Response response = ask(make_asset_handler(asset), with("Accept-Encoding", "gzip"));
  EXPECT_EQ(response.body_view(), "raw");
  EXPECT_FALSE(response.headers.has("Content-Encoding"));
  EXPECT_FALSE(response.headers.has("Vary"));
}

TEST(AssetHandler, ThrowsForAFileThatIsNotEmbedded) {
  EXPECT_THROW(static_cast<void>(make_asset_handler("/missing")), std::logic_error);
}

}  // namespace
}  // namespace graphrail::web
