// `graphrail mock-llm`: starting, saying where it is, stopping by signals.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>

#include "e2e/process.h"
#include "e2e/running_mock.h"
#include "support/http_client.h"
#include "support/raw_client.h"

namespace graphrail::e2e {
namespace {

using testing::HasSubstr;

constexpr std::string_view kBody =
    R"({"model":"any","messages":[{"role":"user","content":"Tidewise raised $12 million."}]})";

TEST(MockLlm, AnswersAndEndsOnEitherSignal) {
  for (const int signal_number : {SIGTERM, SIGINT}) {
    RunningMock mock;
    const test::HttpReply reply = test::send(mock.port(), "POST", "/v1/chat/completions",
                                             {{"Authorization", "Bearer sk-secret-key"}}, kBody);
    EXPECT_EQ(reply.status, 200);
    EXPECT_THAT(reply.body, HasSubstr("\"chat.completion\""));
    mock.process().send_signal(signal_number);
    const Outcome outcome = mock.process().wait();
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    EXPECT_EQ(outcome.out, "");
    EXPECT_THAT(outcome.err, testing::Not(HasSubstr("sk-secret-key")));
  }
}

TEST(MockLlm, EndsThoughAnAnswerHangs) {
  RunningMock mock;
  test::RawClient client(mock.port());
  client.send(
      "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer k\r\n"
      "X-Mock-Fault: hang\r\nContent-Length: " +
      std::to_string(kBody.size()) + "\r\n\r\n" + std::string(kBody));
  // Answered after the bytes above were sent, so the server has had them offered.
  EXPECT_EQ(test::send(mock.port(), "GET", "/v1/models", {{"api-key", "k"}}).status, 200);
  mock.process().send_signal(SIGTERM);
  EXPECT_EQ(mock.process().wait(std::chrono::seconds(20)).exit_code, 0);
}

TEST(MockLlm, ATakenPortEndsWithFour) {
  const RunningMock mock;
  const Outcome outcome = run({.arguments = {"mock-llm", "--port", std::to_string(mock.port())}});
  EXPECT_EQ(outcome.exit_code, 4);
  EXPECT_THAT(outcome.err, HasSubstr("graphrail: cannot start: "));
}

TEST(MockLlm, AnUnknownFaultEndsWithTwo) {
  const Outcome outcome = run({.arguments = {"mock-llm", "--fault", "status=500,explode"}});
  EXPECT_EQ(outcome.exit_code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("\"explode\""));
}

}  // namespace
}  // namespace graphrail::e2e
