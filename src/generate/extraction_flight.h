// One extraction that several requests wait for. Elements are kept and passed on to every sink that
// is aboard, under one lock, so that each sink sees one thread at a time and the same order.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/result.h"
#include "core/waiter.h"
#include "extract/extractor.h"
#include "graph/graph.h"

namespace graphrail::generate {

class ExtractionFlight final : public extract::ExtractionSink,
                               public std::enable_shared_from_this<ExtractionFlight> {
 public:
  /// `executor` runs the extraction; cancellation is emitted there.
  explicit ExtractionFlight(boost::asio::any_io_executor executor)
      : executor_(std::move(executor)) {}

  void node(graph::Node node) override;
  void edge(graph::Edge edge) override;
  void progress(extract::ExtractionProgress progress) override;

  /// Shows the sink what was found so far, then what comes. False when everyone had left before:
  /// the flight is being cancelled.
  bool board(const std::shared_ptr<extract::ExtractionSink>& sink);
  /// The sink hears nothing more; the last one to leave cancels the extraction. True then.
  bool leave(const std::shared_ptr<extract::ExtractionSink>& sink);
  /// Resumes `waiter` when the extraction has ended.
  void wake_at_end(std::shared_ptr<core::Waiter> waiter);
  void land(std::optional<core::Result<extract::ExtractionReport>> report,
            std::exception_ptr thrown);

  /// After the end. Rethrows what the extraction threw.
  [[nodiscard]] const core::Result<extract::ExtractionReport>& report() const;
  /// After the end: every node and edge in its last form.
  [[nodiscard]] const graph::Graph& graph() const noexcept { return graph_; }
  [[nodiscard]] boost::asio::cancellation_slot slot() { return signal_.slot(); }

 private:
  boost::asio::any_io_executor executor_;
  boost::asio::cancellation_signal signal_;
  std::mutex mutex_;
  graph::Graph graph_;
  std::unordered_map<std::string, std::size_t> node_places_;
  std::optional<extract::ExtractionProgress> progress_;
  std::vector<std::shared_ptr<extract::ExtractionSink>> sinks_;
  std::vector<std::shared_ptr<core::Waiter>> waiters_;
  bool is_abandoned_ = false;
  bool has_landed_ = false;
  std::optional<core::Result<extract::ExtractionReport>> report_;
  std::exception_ptr thrown_;
};

}  // namespace graphrail::generate
