// The model server as the check of own keys sees it: says of each key what the test told it to, and
// counts how often it was asked. Safe from any thread.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "llm/call_error.h"
#include "llm/chat_client.h"

namespace graphrail::test {

class KeyServer final : public llm::ChatClient {
 public:
  /// What is answered to a list of models under `key`; without one the key is good.
  void answer(std::string_view key, std::optional<llm::LlmError> failure) {
    const std::scoped_lock lock(mutex_);
    failures_[std::string(key)] = failure;
  }

  boost::asio::awaitable<core::Result<std::vector<std::string>>> models(
      std::chrono::steady_clock::time_point, std::shared_ptr<const core::Secret> key) override {
    ++asked;
    const std::optional<llm::LlmError> failure = failure_of(std::string(key->reveal()));
    if (failure) co_return llm::fail_call(*failure, "told by the test");
    co_return std::vector<std::string>{"fake-1"};
  }
  boost::asio::awaitable<core::Result<llm::ChatAnswer>> complete(
      llm::ChatCall, std::shared_ptr<llm::ChatSink>) override {
    co_return llm::fail_call(llm::LlmError::kUnavailable, "only lists models");
  }
  void prefer(std::string, llm::Rung) override {}
  [[nodiscard]] const std::string& model() const noexcept override { return model_; }
  [[nodiscard]] boost::asio::any_io_executor executor() noexcept override {
    return context_.get_executor();
  }

  std::atomic<int> asked{0};

 private:
  std::optional<llm::LlmError> failure_of(const std::string& key) {
    const std::scoped_lock lock(mutex_);
    const auto found = failures_.find(key);
    return found == failures_.end() ? std::nullopt : found->second;
  }

  boost::asio::io_context context_;
  std::mutex mutex_;
  std::map<std::string, std::optional<llm::LlmError>> failures_;
  std::string model_ = "fake-1";
};

}  // namespace graphrail::test
