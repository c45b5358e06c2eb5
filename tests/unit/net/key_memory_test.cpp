// After a call no copy of its key is left in the process, whatever libcurl did with it.
#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <csignal>
#include <cstring>

#include "net/curl_memory.h"
#include "net/http_client.h"
#include "support/memory_scan.h"
#include "support/origin/loopback_world.h"

namespace graphrail::net {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;

/// A server in a process of its own, because it has to hold the key that this one must not.
class ServerProcess {
 public:
  explicit ServerProcess(bool with_tls) {
    int ends[2];
    if (pipe(ends) != 0) throw std::runtime_error("pipe");
    pid_ = fork();
    if (pid_ == 0) serve(ends[1], with_tls);
    const bool is_ready = read(ends[0], &port_, sizeof(port_)) == sizeof(port_);
    close(ends[0]);
    close(ends[1]);
    if (!is_ready) throw std::runtime_error("no server");
  }
  ~ServerProcess() {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;
  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }

 private:
  [[noreturn]] static void serve(int ready, bool with_tls) {
    test_support::OriginOptions options;
    if (with_tls) options.authority = &test_support::shared_authority();
    options.keep_alive = true;
    const test_support::Origin origin(options, [](const test_support::OriginRequest& request,
                                                  test_support::OriginConnection& connection) {
      const bool has_key = request.field("authorization").size() == 47;
      connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
      connection.write(has_key ? "ok" : "no");
    });
    const std::uint16_t port = origin.port();
    if (write(ready, &port, sizeof(port)) != sizeof(port)) _exit(1);
    for (;;) pause();
  }

  pid_t pid_ = -1;
  std::uint16_t port_ = 0;
};

struct World {
  asio::io_context context;
  HttpClient client{context.get_executor(), {}};
};

std::string call_with(World& world, const ServerProcess& server, bool with_tls,
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
  if (GetParam()) static_cast<void>(test_support::shared_authority().leaf("127.0.0.1"));
  const ServerProcess server(GetParam());
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
