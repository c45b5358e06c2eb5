// A key of a user's own must leave no trace: a random one is sent in every way that a request can
// go, and then looked for everywhere.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "e2e/process.h"
#include "e2e/running.h"
#include "support/memory_scan.h"
#include "support/raw_client.h"

namespace graphrail::e2e {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kInput =
    R"("input":"Tidewise raised $12 million in a Series A round led by Northlight Ventures.")";

/// "After the reply" in the words of the issue.
constexpr std::chrono::seconds kForgottenWithin{2};

/// How often the process still holds the canary when it should have forgotten it.
std::size_t count_after_reply(const test::Canary& canary, pid_t pid) {
  const auto deadline = std::chrono::steady_clock::now() + kForgottenWithin;
  std::size_t found = canary.count_in_process(pid);
  while (found > 0 && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::yield();
    found = canary.count_in_process(pid);
  }
  return found;
}

class OwnKeyCanary : public testing::Test {
 protected:
  static std::string key_line(const test::Canary& canary, const std::string& prefix = "sk-") {
    return "X-OpenAI-Key: " + prefix + canary.reveal() + "\r\n";
  }
  [[nodiscard]] std::string post(const std::string& head, const std::string& more = "") const {
    return test::make_post("/api/generate", "{" + kInput + more + "}",
                           "Content-Type: application/json\r\n" + head);
  }
  [[nodiscard]] std::vector<std::string> environment(const Running& mock,
                                                     const std::string& model = "mock") const {
    return {"OPENAI_BASE_URL=" + mock.url("/v1"),
            "OPENAI_API_KEY=sk-operator",
            "OWN_KEY_BASE_URL=" + mock.url("/v1"),
            "OWN_KEY_MODEL=" + model,
            "DATA_DIR=" + folder_.file("data"),
            "QUOTA_BURST=off",
            "LOG_LEVEL=debug"};
  }
  /// Every byte of the data folder.
  [[nodiscard]] std::string stored() const {
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.file("data"))) {
      if (entry.is_regular_file()) all += read_file(entry.path());
    }
    return all;
  }

  TemporaryFolder folder_;
};

TEST_F(OwnKeyCanary, TheScanSeesAKeyThatIsInUse) {
  if (!test::can_scan_memory()) GTEST_SKIP() << "memory cannot be read under this sanitizer";
  Running mock({"mock-llm"}, {});
  Running server({"serve"}, environment(mock, "mock+hang"));
  const test::Canary canary;
  test::RawClient client(server.port());
  client.send(post(key_line(canary)));
  // The key has been found good and the model is being asked.
  ASSERT_FALSE(mock.process().wait_for_line("/v1/models").empty());
  EXPECT_GT(canary.count_in_process(server.process().id()), 0U);
  client.close();
  EXPECT_EQ(count_after_reply(canary, server.process().id()), 0U);
}

TEST_F(OwnKeyCanary, IsNowhereAfterTheReply) {
  Running mock({"mock-llm"}, {});
  Running server({"serve"}, environment(mock));
  const test::Canary canary;
  const std::string key = canary.reveal();
  std::string answers;
  // Connections stay open: what they keep for the next request is searched too.
  test::RawClient client(server.port());
  const auto ask = [&](const std::string& request, int status) {
    client.send(request);
    const auto response = client.read_response();
    ASSERT_TRUE(response.has_value());
    EXPECT_EQ(response->status, status) << response->body;
    answers += response->body;
    for (const auto& [name, value] : response->headers) answers += name + value;
  };
  ask(post(key_line(canary)), 200);
  ask(post(key_line(canary), R"(,"schema":"general")"), 200);
  ask(post(key_line(canary) + "Idempotency-Key: one\r\n"), 200);
  ask(post(key_line(canary) + "Idempotency-Key: one\r\n"), 200);
  ask(post(key_line(canary) + "Accept: text/event-stream\r\n"), 200);
  ask(post(key_line(canary, "sk-bad")), 401);
  ask(post(key_line(canary, "sk-broke")), 401);
  ask(post(key_line(canary, "two words ")), 401);
  ask(post(key_line(canary) + key_line(canary)), 401);
  ask(post("Authorization: Bearer " + key + "\r\n"), 401);
  ask(test::make_get("/api/usage", key_line(canary)), 200);
  ask(test::make_get("/metrics", key_line(canary)), 200);
  ask(test::make_get("/nowhere", key_line(canary)), 404);
  if (test::can_scan_memory()) {
    EXPECT_EQ(count_after_reply(canary, server.process().id()), 0U);
  }
  // In pieces, so that the buffer moves and grows while the key is in it.
  test::RawClient slow(server.port());
  const std::string request =
      post("X-Padding: " + std::string(3'000, 'x') + "\r\n" + key_line(canary));
  for (std::size_t at = 0; at < request.size(); at += 997) slow.send(request.substr(at, 997));
  ASSERT_TRUE(slow.read_response().has_value());
  // A request that never ends, on a connection that is cut.
  test::RawClient broken(server.port());
  broken.send("POST /api/generate HTTP/1.1\r\nHost: a\r\n" + key_line(canary));
  broken.reset();
  if (test::can_scan_memory()) {
    EXPECT_EQ(count_after_reply(canary, server.process().id()), 0U);
  }
  EXPECT_THAT(answers, Not(HasSubstr(key)));
  const std::string process = "/proc/" + std::to_string(server.process().id());
  EXPECT_THAT(read_file(process + "/cmdline"), Not(HasSubstr(key)));
  EXPECT_THAT(read_file(process + "/environ"), Not(HasSubstr(key)));
  // It has no children whose environment or arguments could tell.
  EXPECT_EQ(read_file(process + "/task/" + std::to_string(server.process().id()) + "/children"),
            "");
  server.process().send_signal(SIGTERM);
  const Outcome outcome = server.process().wait();
  EXPECT_THAT(outcome.err, HasSubstr("\"level\":\"debug\""));
  EXPECT_THAT(outcome.err, Not(HasSubstr(key)));
  EXPECT_THAT(stored(), Not(HasSubstr(key)));
}

}  // namespace
}  // namespace graphrail::e2e
