// A model server in memory: every call is answered by a function of the prompt, in pieces of a few
// bytes, on an io_context of the test's.
#pragma once

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "llm/chat_client.h"

namespace graphrail::test {

/// What the model writes, and how its answer ends.
struct FakeAnswer {
  std::string content;
  llm::FinishReason finish = llm::FinishReason::kStop;
  std::optional<llm::LlmError> broken_off = std::nullopt;
  /// No answer at all.
  std::optional<llm::LlmError> failure = std::nullopt;
  /// Turns of the executor that pass before the first piece; for answers out of order.
  int delay_turns = 0;
  /// Waits until it is cancelled.
  bool hangs = false;
};

class FakeChatClient final : public llm::ChatClient {
 public:
  using Answer = std::function<FakeAnswer(const llm::ChatCall& call)>;

  FakeChatClient(boost::asio::any_io_executor executor, Answer answer)
      : executor_(std::move(executor)), answer_(std::move(answer)) {}

  boost::asio::awaitable<core::Result<llm::ChatAnswer>> complete(
      llm::ChatCall call, std::shared_ptr<llm::ChatSink> sink) override {
    const FakeAnswer answer = answer_(call);
    calls.push_back(std::move(call));
    ++running;
    most_running = std::max(most_running, running);
    const std::shared_ptr<void> ended(nullptr, [this](void*) { --running; });
    for (int turn = 0; turn < answer.delay_turns; ++turn) {
      auto yielding = boost::asio::post(executor_, boost::asio::use_awaitable);
      co_await std::move(yielding);
    }
    if (answer.hangs) {
      boost::asio::steady_timer timer(executor_, boost::asio::steady_timer::time_point::max());
      auto waiting = timer.async_wait(boost::asio::use_awaitable);
      co_await std::move(waiting);
    }
    if (answer.failure) co_return core::fail(*answer.failure, {"The call failed."}, {"fake"});
    constexpr std::size_t kPieceBytes = 7;
    bool wants_more = true;
    for (std::size_t at = 0; wants_more && at < answer.content.size(); at += kPieceBytes) {
      wants_more = sink->content(std::string_view(answer.content).substr(at, kPieceBytes));
      auto yielding = boost::asio::post(executor_, boost::asio::use_awaitable);
      co_await std::move(yielding);
    }
    llm::ChatAnswer ended_answer;
    ended_answer.finish = answer.finish;
    if (answer.broken_off)
      ended_answer.broken_off.emplace(*answer.broken_off,
                                      core::PublicText{"The connection broke."});
    ended_answer.usage = {.prompt_tokens = 100, .completion_tokens = 10};
    ended_answer.cost_usd = 0.001;
    ended_answer.rung = std::max(calls.back().strictest, llm::Rung::kStrictSchema);
    ended_answer.model = "fake-1";
    co_return ended_answer;
  }

  void prefer(std::string, llm::Rung rung) override { preferred = rung; }

  boost::asio::awaitable<core::Result<std::vector<std::string>>> models(
      std::chrono::steady_clock::time_point, std::shared_ptr<const core::Secret>) override {
    co_return std::vector<std::string>{"fake-1"};
  }

  [[nodiscard]] const std::string& model() const noexcept override { return model_; }
  [[nodiscard]] boost::asio::any_io_executor executor() noexcept override { return executor_; }

  std::vector<llm::ChatCall> calls;
  std::optional<llm::Rung> preferred;
  int running = 0;
  int most_running = 0;

 private:
  boost::asio::any_io_executor executor_;
  Answer answer_;
  std::string model_ = "fake-1";
};

}  // namespace graphrail::test
