// Readiness of this process: draining once a stop was asked for, ready when the stores answer.
#pragma once

#include <atomic>
#include <memory>
#include <utility>

#include "api/readiness.h"
#include "history/graph_store.h"
#include "quota/ledger.h"

namespace graphrail::app {

class ServiceReadiness final : public api::Readiness {
 public:
  ServiceReadiness(std::shared_ptr<history::GraphStore> graphs,
                   std::shared_ptr<quota::Ledger> ledger)
      : graphs_(std::move(graphs)), ledger_(std::move(ledger)) {}

  /// From now on /readyz answers 503. Safe from any thread.
  void start_draining() noexcept { is_draining_.store(true); }

  [[nodiscard]] bool is_draining() const noexcept override { return is_draining_.load(); }
  /// Without the ledger nothing that costs money could be admitted.
  boost::asio::awaitable<bool> is_store_ready() override {
    auto asking_graphs = graphs_->is_ready();
    const bool has_graphs = co_await std::move(asking_graphs);
    if (!has_graphs) co_return false;
    auto asking_ledger = ledger_->is_ready();
    co_return co_await std::move(asking_ledger);
  }

 private:
  std::shared_ptr<history::GraphStore> graphs_;
  std::shared_ptr<quota::Ledger> ledger_;
  std::atomic<bool> is_draining_ = false;
};

}  // namespace graphrail::app
