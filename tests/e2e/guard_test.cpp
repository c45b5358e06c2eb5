// The guard as operators meet it: the demonstration script, many clients at once, a process that is
// killed, two processes on one folder.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <boost/json/parse.hpp>
#include <csignal>
#include <string>
#include <thread>
#include <vector>

#include "e2e/process.h"
#include "e2e/running.h"
#include "support/http_client.h"

namespace graphrail::e2e {
namespace {

using testing::HasSubstr;

const std::string kBody =
    R"({"input":"Tidewise raised $12 million in a Series A round led by Northlight Ventures."})";

test::HttpReply generate(const Running& server) {
  return test::send(server.port(), "POST", "/api/generate", {{"Content-Type", "application/json"}},
                    kBody);
}

int used(const Running& server) {
  const test::HttpReply reply = test::send(server.port(), "GET", "/api/usage");
  return boost::json::parse(reply.body).at("used").to_number<int>();
}

std::vector<std::string> environment(const Running& mock, const TemporaryFolder& folder) {
  return {"OPENAI_BASE_URL=" + mock.url("/v1"), "OPENAI_API_KEY=sk-operator",
          "DATA_DIR=" + folder.file("data"), "QUOTA_BURST=off"};
}

TEST(Guard, TheDemonstrationIsAsItSays) {
  const Outcome outcome =
      run({.environment = {std::string("GRAPHRAIL=") + GRAPHRAIL_PROGRAM},
           .program = std::string(GRAPHRAIL_SOURCE_DIR) + "/examples/guard-demo.sh"});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.out << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("all of it as it should be"));
}

TEST(Guard, ManyClientsAtOnceGetExactlyWhatIsAllowed) {
  constexpr int kClients = 32;
  constexpr int kTries = 4;
  constexpr int kLimit = 5;
  TemporaryFolder folder;
  Running mock({"mock-llm"}, {});
  std::vector<std::string> variables = environment(mock, folder);
  variables.emplace_back("QUOTA_ANON=5/day");
  Running server({"serve"}, variables);
  std::atomic<int> admitted = 0;
  std::atomic<int> denied = 0;
  {
    std::vector<std::jthread> clients;
    for (int i = 0; i < kClients; ++i) {
      clients.emplace_back([&] {
        for (int j = 0; j < kTries; ++j) {
          const int status = generate(server).status;
          admitted += status == 200 ? 1 : 0;
          denied += status == 429 ? 1 : 0;
        }
      });
    }
  }
  EXPECT_EQ(admitted, kLimit);
  EXPECT_EQ(denied, kClients * kTries - kLimit);
  EXPECT_EQ(used(server), kLimit);
}

TEST(Guard, AKilledProcessForgetsNoCharge) {
  TemporaryFolder folder;
  Running mock({"mock-llm"}, {});
  {
    Running server({"serve"}, environment(mock, folder));
    ASSERT_EQ(generate(server).status, 200);
    server.process().send_signal(SIGKILL);
    EXPECT_EQ(server.process().wait().signal, SIGKILL);
  }
  Running server({"serve"}, environment(mock, folder));
  EXPECT_EQ(used(server), 1);
  EXPECT_EQ(generate(server).status, 429);
}

TEST(Guard, TwoProcessesDoNotShareAFolder) {
  TemporaryFolder folder;
  Running mock({"mock-llm"}, {});
  Running server({"serve"}, environment(mock, folder));
  const Outcome second =
      run({.arguments = {"serve", "--port", "0"}, .environment = environment(mock, folder)});
  EXPECT_EQ(second.exit_code, 4);
  EXPECT_THAT(second.err, HasSubstr("cannot start"));
  EXPECT_THAT(second.err, HasSubstr("another process"));
}

TEST(Guard, FaultsInItsSettingsAreSaidAtOnce) {
  const Outcome outcome = run({.arguments = {"serve", "--port", "0"},
                               .environment = {"QUOTA_ANON=many", "QUOTA_TIERS=auth=1/day",
                                               "TRUSTED_PROXIES=0.0.0.0/0", "QUOTA_BURST=1/year"}});
  EXPECT_EQ(outcome.exit_code, 3);
  for (const char* name : {"QUOTA_ANON", "QUOTA_TIERS", "TRUSTED_PROXIES", "QUOTA_BURST"}) {
    EXPECT_THAT(outcome.err, HasSubstr(name));
  }
}

TEST(Guard, SkippingSignInNeedsDevelopmentOnLoopback) {
  for (const std::vector<std::string>& variables :
       {std::vector<std::string>{"DEV_SKIP_AUTH=on"},
        std::vector<std::string>{"DEV_SKIP_AUTH=on", "ENVIRONMENT=development", "BIND=0.0.0.0"}}) {
    const Outcome outcome = run({.arguments = {"serve", "--port", "0"}, .environment = variables});
    EXPECT_EQ(outcome.exit_code, 3);
    EXPECT_THAT(outcome.err, HasSubstr("DEV_SKIP_AUTH"));
  }
  Running server({"serve"}, {"DEV_SKIP_AUTH=on", "ENVIRONMENT=development"});
  EXPECT_THAT(test::send(server.port(), "GET", "/api/usage").body, HasSubstr(R"("tier":"auth")"));
}

}  // namespace
}  // namespace graphrail::e2e
