// After a call no copy of its key is left in the process, whatever libcurl did with it.
#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>

#include "net/curl_memory.h"
#include "net/http_client.h"
#include "support/memory_scan.h"
#include "support/origin/loopback_world.h"
#include "support/origin/origin_process.h"

namespace graphrail::net {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;

/// Says whether it was given a key as long as the one looked for.
void answer_key(const test_support::OriginRequest& request,
                test_support::OriginConnection& connection) {
  const bool has_key =
      request.field("authorization").size() == std::string("Bearer ").size() + test::Canary::kBytes;
  connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
  connection.write(has_key ? "ok" : "no");
}

struct World {
  asio::io_context context;
  HttpClient client{context.get_executor(), {}};
};

std::string call_with(World& world, const test_support::OriginProcess& server, bool with_tls,
                      std::shared_ptr<const core::Secret> key, std::size_t body_bytes) {
  HttpCall call;
  call.method = "POST";
  const std::string scheme = with_tls ? "https" : "http";
  call.url = parse_url(scheme + "://127.0.0.1:" + std::to_string(server.port()) + "/v1").value();
  call.deadline = std::chrono::steady_clock::now() + 10s;
  call.body = std::string(body_bytes, 'b');
  call.secret = {"Authorization", "Bearer ", std::move(key)};
  if (with_tls) call.ca_file = test_support::shared_authority().pem_file();
  auto future =
      asio::co_spawn(world.context, world.client.collect(std::move(call)), asio::use_future);
  world.context.restart();
  world.context.run();
  const auto response = future.get();
  return response ? response->body : response.error().private_cause();
}

class KeyMemory : public testing::TestWithParam<bool> {};

TEST_P(KeyMemory, HoldsNoKeyAfterACallNeitherInAKeptConnectionNorAfterIt) {
  if (!test::can_scan_memory()) GTEST_SKIP() << "memory cannot be scanned under a sanitizer";
  test_support::OriginOptions options;
  if (GetParam()) options.authority = &test_support::shared_authority();
  options.keep_alive = true;
  const test_support::OriginProcess server(options, answer_key);
  const test::Canary canary;
  const std::uint64_t wiped_before = wiped_curl_blocks();
  {
    World world;
    for (const std::size_t body_bytes : {std::size_t{100}, std::size_t{500'000}}) {
      auto key = std::make_shared<const core::Secret>(canary.reveal());
      EXPECT_EQ(canary.count_in_memory(), 1U) << "the search must find the one living copy";
      EXPECT_EQ(call_with(world, server, GetParam(), std::move(key), body_bytes), "ok");
      EXPECT_EQ(canary.count_in_memory(), 0U) << "with the connection kept";
    }
  }
  EXPECT_EQ(canary.count_in_memory(), 0U);
  EXPECT_GT(wiped_curl_blocks(), wiped_before);
}

INSTANTIATE_TEST_SUITE_P(PlainAndTls, KeyMemory, testing::Bool(),
                         [](const auto& info) { return info.param ? "tls" : "plain"; });

}  // namespace
}  // namespace graphrail::net
