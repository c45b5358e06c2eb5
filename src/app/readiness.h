// Readiness of this process: draining once a stop was asked for, ready when the store answers.
#pragma once

#include <atomic>
#include <memory>
#include <utility>

#include "api/readiness.h"
#include "history/graph_store.h"

namespace graphrail::app {

class ServiceReadiness final : public api::Readiness {
 public:
  explicit ServiceReadiness(std::shared_ptr<history::GraphStore> graphs)
      : graphs_(std::move(graphs)) {}

  /// From now on /readyz answers 503. Safe from any thread.
  void start_draining() noexcept { is_draining_.store(true); }

  [[nodiscard]] bool is_draining() const noexcept override { return is_draining_.load(); }
  boost::asio::awaitable<bool> is_store_ready() override { return graphs_->is_ready(); }

 private:
  std::shared_ptr<history::GraphStore> graphs_;
  std::atomic<bool> is_draining_ = false;
};

}  // namespace graphrail::app
