// The fetcher against a real HTTPS server on loopback that plays many public hosts.
#include "net/fetcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "net/fetch_error.h"
#include "support/origin/loopback_world.h"

namespace graphrail::net {
namespace {

using test_support::addresses;
using test_support::FetchClient;
using test_support::http_response;
using test_support::LoopbackWorld;
using test_support::OriginConnection;
using test_support::OriginOptions;
using test_support::OriginRequest;
using test_support::OriginScript;
using testing::ElementsAre;

OriginOptions https() {
  OriginOptions options;
  options.authority = &test_support::shared_authority();
  return options;
}

OriginScript always(std::string bytes) {
  return [bytes = std::move(bytes)](const OriginRequest&, OriginConnection& connection) {
    connection.write(bytes);
  };
}

std::string page_response() {
  return http_response(200, "<p>Hello</p>",
                       {{"Content-Type", "text/html; charset=utf-8"}, {"ETag", "W/\"a\""}});
}

std::string redirect_to(std::string_view location) {
  return http_response(302, "", {{"Location", std::string(location)}});
}

/// Redirects "/r" to `location`, answers anything else with a page.
OriginScript redirecting(std::string location) {
  return
      [location = std::move(location)](const OriginRequest& request, OriginConnection& connection) {
        connection.write(request.target == "/r" ? redirect_to(location) : page_response());
      };
}

std::string reason(const core::Result<FetchedPage>& page) {
  return page ? "ok" : page.error().reason();
}

TEST(Fetcher, FetchesAPageAndSaysWhereItWas) {
  LoopbackWorld world(https(), redirecting("https://www.b.org/story?x=1"));
  const auto page = FetchClient(world.options(), world.dependencies()).fetch("https://a.org/r");
  ASSERT_TRUE(page) << page.error().private_cause();
  EXPECT_EQ(page->final_url.to_string(), "https://www.b.org/story?x=1");
  EXPECT_EQ(page->chain.size(), 2U);
  EXPECT_EQ(page->status, 200);
  EXPECT_EQ(page->kind, MediaKind::kHtml);
  EXPECT_EQ(page->content_type, "text/html; charset=utf-8");
  EXPECT_EQ(page->body, "<p>Hello</p>");
  EXPECT_EQ(page->etag, "W/\"a\"");
  EXPECT_EQ(world.log->receipts.back().wire_bytes, page->body.size());
  EXPECT_EQ(world.log->receipts.back().decoded_bytes, page->body.size());
}

TEST(Fetcher, AsksHonestly) {
  LoopbackWorld world(https(), always(page_response()));
  auto options = world.options();
  options.user_agent = "Graphrail/9 (+https://a.org/about)";
  ASSERT_TRUE(FetchClient(options, world.dependencies()).fetch("https://a.org/x?y=%7e#z"));
  const auto requests = world.origin().requests();
  ASSERT_EQ(requests.size(), 1U);
  EXPECT_EQ(requests[0].method, "GET");
  EXPECT_EQ(requests[0].target, "/x?y=~");
  EXPECT_EQ(requests[0].field("host"), "a.org");
  EXPECT_EQ(requests[0].field("user-agent"), "Graphrail/9 (+https://a.org/about)");
  EXPECT_EQ(requests[0].field("accept-encoding"), "gzip, deflate, br");
  EXPECT_EQ(requests[0].field("cookie"), "");
}

TEST(Fetcher, ReportsEachHopWithoutAddresses) {
  LoopbackWorld world(https(), redirecting("https://10.0.0.1/x"));
  const auto page = FetchClient(world.options(), world.dependencies()).fetch("https://a.org/r");
  EXPECT_EQ(reason(page), "unreachable");
  ASSERT_EQ(world.log->receipts.size(), 2U);
  const HopReceipt& first = world.log->receipts[0];
  EXPECT_EQ(first.verdict, "allowed");
  EXPECT_EQ(first.status, 302);
  EXPECT_EQ(first.address_class, AddressClass::kPublicUnicast);
  EXPECT_EQ(first.tls_name, "a.org");
  const HopReceipt& second = world.log->receipts[1];
  EXPECT_EQ(second.hop, 1);
  EXPECT_EQ(second.verdict, "address_not_public");
  EXPECT_EQ(second.status, 0);
  EXPECT_THAT(world.connector->dialled(), ElementsAre("1.1.1.1"));
}

TEST(Fetcher, ARefusedAddressLooksLikeAnUnknownName) {
  LoopbackWorld world(https(), always(page_response()));
  world.resolver->set("private.org", addresses({"10.0.0.1"}));
  world.resolver->set("mixed.org", addresses({"1.1.1.1", "169.254.169.254"}));
  world.resolver->set("unknown.org", {});
  FetchClient client(world.options(), world.dependencies());
  const auto unknown = client.fetch("https://unknown.org/");
  for (const char* url : {"https://private.org/", "https://mixed.org/", "https://192.168.0.1/",
                          "https://db.internal/", "https://a.org:22/", "http://a.org/"}) {
    const auto refused = client.fetch(url);
    ASSERT_FALSE(refused) << url;
    EXPECT_EQ(refused.error().code(), unknown.error().code()) << url;
    EXPECT_EQ(refused.error().public_text(), unknown.error().public_text()) << url;
  }
  EXPECT_TRUE(world.connector->dialled().empty());
  EXPECT_THAT(world.resolver->asked(), ElementsAre("unknown.org", "private.org", "mixed.org"));
}

TEST(Fetcher, VetsTheAnswerItConnectsTo) {
  LoopbackWorld world(https(), redirecting("https://a.org/again"));
  world.resolver->set_sequence("a.org", {addresses({"1.1.1.1"}), addresses({"127.0.0.1"})});
  const auto page = FetchClient(world.options(), world.dependencies()).fetch("https://a.org/r");
  EXPECT_EQ(reason(page), "unreachable");
  EXPECT_THAT(world.connector->dialled(), ElementsAre("1.1.1.1"));
}

TEST(Fetcher, PinsIPv6AndIPv4Alike) {
  LoopbackWorld world(https(), always(page_response()));
  world.resolver->set("six.org", addresses({"2606:4700:4700::1111"}));
  const auto page = FetchClient(world.options(), world.dependencies()).fetch("https://six.org/");
  ASSERT_TRUE(page) << page.error().private_cause();
  EXPECT_THAT(world.connector->dialled(), ElementsAre("2606:4700:4700::1111"));
}

TEST(Fetcher, FollowsFiveRedirectsAndNoLoop) {
  LoopbackWorld world(https(), [](const OriginRequest& request, OriginConnection& connection) {
    const auto hop = request.target.size();
    connection.write(hop > 6 ? page_response() : redirect_to(request.target + "x"));
  });
  FetchClient client(world.options(), world.dependencies());
  EXPECT_EQ(reason(client.fetch("https://a.org/x")), "ok");
  EXPECT_EQ(reason(client.fetch("https://a.org/")), "bad_redirect");
  EXPECT_EQ(world.log->receipts.back().verdict, "bad_redirect");
  LoopbackWorld loop(https(), redirecting("/r"));
  EXPECT_EQ(reason(FetchClient(loop.options(), loop.dependencies()).fetch("https://a.org/r")),
            "bad_redirect");
  EXPECT_EQ(loop.origin().requests().size(), 1U);
}

TEST(Fetcher, ChecksCertificates) {
  auto wrong = https();
  wrong.forced_name = "other.org";
  LoopbackWorld world(wrong, always(page_response()));
  FetchClient client(world.options(), world.dependencies());
  EXPECT_EQ(reason(client.fetch("https://a.org/")), "tls_error");
  EXPECT_EQ(reason(client.fetch("https://other.org/")), "ok");
  auto distrusting = world.options();
  distrusting.ca_file.clear();
  FetchClient stranger(distrusting, world.dependencies());
  EXPECT_EQ(reason(stranger.fetch("https://other.org/")), "tls_error");
}

TEST(Fetcher, Revalidates) {
  LoopbackWorld world(https(), [](const OriginRequest& request, OriginConnection& connection) {
    const bool known = request.field("if-none-match") == "W/\"a\"";
    connection.write(known ? "HTTP/1.1 304 Not Modified\r\nETag: W/\"a\"\r\n\r\n"
                           : page_response());
  });
  FetchClient client(world.options(), world.dependencies());
  FetchRequest request;
  request.url = "https://a.org/";
  request.if_none_match = "W/\"a\"";
  const auto page = client.fetch(request);
  ASSERT_TRUE(page);
  EXPECT_TRUE(page->not_modified);
  EXPECT_EQ(page->etag, "W/\"a\"");
  request.if_none_match = "\"a\"\r\nX-Evil: 1";
  ASSERT_TRUE(client.fetch(request));
  EXPECT_EQ(world.origin().requests().back().field("x-evil"), "");
}

TEST(Fetcher, RemembersRetryAfter) {
  LoopbackWorld world(https(), always(http_response(429, "", {{"Retry-After", "120"}})));
  FetchClient client(world.options(), world.dependencies());
  const auto first = client.fetch("https://a.org/");
  ASSERT_EQ(reason(first), "rate_limited");
  EXPECT_EQ(first.error().retry_after_seconds(), 120);
  const auto second = client.fetch("https://a.org/other");
  ASSERT_EQ(reason(second), "rate_limited");
  EXPECT_GE(second.error().retry_after_seconds(), 115);
  EXPECT_EQ(world.origin().requests().size(), 1U);
  EXPECT_EQ(reason(client.fetch("https://b.org/")), "rate_limited");
  EXPECT_EQ(world.origin().requests().size(), 2U);
}

TEST(Fetcher, AsksRobotsOnceWhenToldTo) {
  LoopbackWorld world(https(), [](const OriginRequest& request, OriginConnection& connection) {
    const std::string rules = "User-agent: *\nDisallow: /closed\n";
    connection.write(request.target == "/robots.txt"
                         ? http_response(200, rules, {{"Content-Type", "text/plain"}})
                         : page_response());
  });
  auto options = world.options();
  options.robots = true;
  FetchClient client(options, world.dependencies());
  EXPECT_EQ(reason(client.fetch("https://a.org/open")), "ok");
  EXPECT_EQ(reason(client.fetch("https://a.org/closed")), "robots_disallowed");
  EXPECT_EQ(world.origin().requests().size(), 2U);
}

TEST(Fetcher, OpenedNetworksAreReachedOverPlainHttp) {
  LoopbackWorld world({}, always(page_response()));
  auto options = world.options();
  const std::string port = std::to_string(world.origin().port());
  auto dependencies = world.dependencies();
  dependencies.connector = nullptr;
  EXPECT_EQ(reason(FetchClient(options, dependencies).fetch("http://127.0.0.1:" + port + "/")),
            "unreachable");
  options.policy = *AddressPolicy::create({.allow_nets = {"127.0.0.0/8"}});
  world.resolver->set("wiki", addresses({"127.0.0.1"}));
  FetchClient client(options, dependencies);
  EXPECT_EQ(reason(client.fetch("http://127.0.0.1:" + port + "/")), "ok");
  EXPECT_EQ(reason(client.fetch("http://wiki:" + port + "/")), "ok");
  EXPECT_EQ(world.origin().requests().size(), 2U);
}

TEST(Fetcher, OpenedHostsComeFromTheSystemsTables) {
  LoopbackWorld world({}, always(page_response()));
  auto options = world.options();
  options.policy = *AddressPolicy::create({.allow_hosts = {"localhost"}});
  auto dependencies = world.dependencies();
  dependencies.connector = nullptr;
  dependencies.resolver = make_system_resolver();
  const std::string port = std::to_string(world.origin().port());
  const auto page = FetchClient(options, dependencies).fetch("http://localhost:" + port + "/");
  EXPECT_TRUE(page) << page.error().private_cause();
}

}  // namespace
}  // namespace graphrail::net
