// The whole server in this process on a free loopback port: the same parts as the program's, in a
// folder that goes with the test. Single parts can be replaced, to see what a broken one does.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <string_view>

#include "api/readiness.h"
#include "core/clock.h"
#include "core/work_pool.h"
#include "extract/extractor.h"
#include "history/graph_store.h"
#include "http/server.h"
#include "page/page_reader.h"
#include "support/http_client.h"
#include "support/server/test_guard.h"
#include "support/temporary_folder.h"

namespace graphrail::test {

/// Says what the test tells it to; the store's state comes from the store.
class SwitchableReadiness final : public api::Readiness {
 public:
  explicit SwitchableReadiness(std::shared_ptr<history::GraphStore> graphs)
      : graphs_(std::move(graphs)) {}
  [[nodiscard]] bool is_draining() const noexcept override { return is_draining_; }
  boost::asio::awaitable<bool> is_store_ready() override { return graphs_->is_ready(); }
  void set_draining(bool is_draining) noexcept { is_draining_ = is_draining; }

 private:
  std::shared_ptr<history::GraphStore> graphs_;
  std::atomic<bool> is_draining_ = false;
};

struct TestServerOptions {
  TestServerOptions() {
    server.port = 0;
    server.threads = 2;
  }

  http::ServerOptions server;
  /// Takes the place of the rules engine.
  std::shared_ptr<extract::Extractor> extractor;
  /// Null for a server without a model.
  std::shared_ptr<extract::Extractor> model;
  /// Null where addresses are not read.
  std::shared_ptr<page::PageReader> pages;
  /// Takes the place of the database.
  std::shared_ptr<history::GraphStore> graphs;
  std::size_t work_queue = 64;
  std::chrono::milliseconds comment_interval{15'000};
  TestGuardOptions guard;
  /// Takes the place of the system's, but for the deadlines of connections.
  std::shared_ptr<core::Clock> clock;
};

class TestServer {
 public:
  /// Starts it; throws std::runtime_error when it cannot.
  explicit TestServer(TestServerOptions options = {});
  /// Stops it, waiting for what runs; then the ledger that it waited for.
  ~TestServer();

  [[nodiscard]] std::uint16_t port() const noexcept { return server_->port(); }
  [[nodiscard]] SwitchableReadiness& readiness() noexcept { return *readiness_; }
  [[nodiscard]] core::WorkPool& pool() noexcept { return *pool_; }
  /// Where the database is: must not be seen in any answer.
  [[nodiscard]] std::string folder() const { return folder_.path().string(); }

  HttpReply send(std::string_view method, std::string_view target, const Headers& headers = {},
                 std::string_view body = {}) const {
    return test::send(port(), method, target, headers, body);
  }
  HttpReply get(std::string_view target, const Headers& headers = {}) const {
    return send("GET", target, headers);
  }
  /// POST /api/generate with a JSON body.
  HttpReply generate(std::string_view json, Headers headers = {}) const {
    headers.emplace_back("Content-Type", "application/json");
    return send("POST", "/api/generate", headers, json);
  }

 private:
  TemporaryFolder folder_;
  std::shared_ptr<core::WorkPool> pool_;
  std::shared_ptr<SwitchableReadiness> readiness_;
  std::shared_ptr<quota::EmbeddedLedger> ledger_;
  std::unique_ptr<http::Server> server_;
};

}  // namespace graphrail::test
