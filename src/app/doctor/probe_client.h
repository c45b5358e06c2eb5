// A ChatClient that passes everything on and keeps what the answers said about their server. Used
// from one extraction at a time; read it when that has ended.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/doctor/model_sight.h"
#include "llm/chat_client.h"

namespace graphrail::app::doctor {

class ProbeClient final : public llm::ChatClient {
 public:
  explicit ProbeClient(std::shared_ptr<llm::ChatClient> client) : client_(std::move(client)) {}

  boost::asio::awaitable<core::Result<llm::ChatAnswer>> complete(
      llm::ChatCall call, std::shared_ptr<llm::ChatSink> sink) override;
  void prefer(std::string model, llm::Rung rung) override {
    client_->prefer(std::move(model), rung);
  }
  boost::asio::awaitable<core::Result<std::vector<std::string>>> models(
      std::chrono::steady_clock::time_point deadline,
      std::shared_ptr<const core::Secret> key) override {
    return client_->models(deadline, std::move(key));
  }
  [[nodiscard]] const std::string& model() const noexcept override { return client_->model(); }
  [[nodiscard]] boost::asio::any_io_executor executor() noexcept override {
    return client_->executor();
  }

  /// The calls answered since the last time.
  [[nodiscard]] std::vector<CallSight> take_calls() { return std::exchange(calls_, {}); }

 private:
  std::shared_ptr<llm::ChatClient> client_;
  std::vector<CallSight> calls_;
};

}  // namespace graphrail::app::doctor
