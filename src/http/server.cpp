#include "http/server.h"

#include <algorithm>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "http/listener.h"
#include "http/server_context.h"
#include "http/worker.h"

namespace graphrail::http {
namespace {

/// After the second phase's cancellation: time for coroutines to notice and clean up.
constexpr std::chrono::milliseconds kCancellationPatience{1000};

class HttpCategory final : public std::error_category {
 public:
  const char* name() const noexcept override { return "http"; }
  std::string message(int value) const override {
    switch (static_cast<HttpError>(value)) {
      case HttpError::kCannotListen:
        return "cannot listen";
      case HttpError::kInvalidAddress:
        return "invalid address";
    }
    return "unknown http error";
  }
};

class ThreadedServer final : public Server {
 public:
  ThreadedServer(ServerOptions options, Handler handler, ServerParts parts)
      : context_(std::make_shared<ServerContext>(std::move(options), std::move(handler),
                                                 std::move(parts))) {
    const unsigned wanted = context_->options.threads;
    const unsigned count = wanted > 0 ? wanted : std::max(1U, std::thread::hardware_concurrency());
    for (unsigned i = 0; i < count; ++i) workers_.push_back(std::make_unique<Worker>(context_));
  }
  ~ThreadedServer() override { ThreadedServer::stop(std::chrono::milliseconds(0)); }

  [[nodiscard]] core::Result<void> listen() {
    auto listener = Listener::open(context_, workers_);
    if (!listener) return core::fail(std::move(listener.error()));
    listener_ = std::move(*listener);
    return {};
  }

  void start() override {
    listener_->start();
    for (const auto& worker : workers_) worker->start();
    is_running_ = true;
  }

  [[nodiscard]] std::uint16_t port() const noexcept override { return listener_->port(); }

  void stop(std::chrono::milliseconds grace) override {
    if (!std::exchange(is_running_, false)) return;
    listener_->stop();
    for (const auto& worker : workers_) worker->begin_stop();
    if (!context_->connection_count.wait_for_none(grace)) {
      for (const auto& worker : workers_) worker->cancel_connections();
      context_->connection_count.wait_for_none(kCancellationPatience);
    }
    for (const auto& worker : workers_) worker->join();
  }

 private:
  const std::shared_ptr<ServerContext> context_;
  std::vector<std::unique_ptr<Worker>> workers_;
  std::unique_ptr<Listener> listener_;
  bool is_running_ = false;
};

}  // namespace

std::error_code make_error_code(HttpError error) noexcept {
  static const HttpCategory category;
  return {static_cast<int>(error), category};
}

core::Result<std::unique_ptr<Server>> make_server(ServerOptions options, Handler handler,
                                                  ServerParts parts) {
  auto server =
      std::make_unique<ThreadedServer>(std::move(options), std::move(handler), std::move(parts));
  if (auto listening = server->listen(); !listening) {
    return core::fail(std::move(listening.error()));
  }
  return server;
}

}  // namespace graphrail::http
