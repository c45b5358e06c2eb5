#include "generate/extraction_flight.h"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <utility>

namespace graphrail::generate {

void ExtractionFlight::node(graph::Node node) {
  const std::scoped_lock lock(mutex_);
  const auto [place, is_new] = node_places_.emplace(node.id, graph_.nodes.size());
  if (is_new) {
    graph_.nodes.push_back(node);
  } else {
    graph_.nodes[place->second] = node;
  }
  for (const auto& sink : sinks_) sink->node(node);
}

void ExtractionFlight::edge(graph::Edge edge) {
  const std::scoped_lock lock(mutex_);
  for (const auto& sink : sinks_) sink->edge(edge);
  graph_.edges.push_back(std::move(edge));
}

void ExtractionFlight::progress(extract::ExtractionProgress progress) {
  const std::scoped_lock lock(mutex_);
  progress_ = progress;
  for (const auto& sink : sinks_) sink->progress(progress);
}

bool ExtractionFlight::board(const std::shared_ptr<extract::ExtractionSink>& sink) {
  const std::scoped_lock lock(mutex_);
  if (is_abandoned_) return false;
  if (progress_) sink->progress(*progress_);
  for (const graph::Node& node : graph_.nodes) sink->node(node);
  for (const graph::Edge& edge : graph_.edges) sink->edge(edge);
  sinks_.push_back(sink);
  return true;
}

bool ExtractionFlight::leave(const std::shared_ptr<extract::ExtractionSink>& sink) {
  const std::scoped_lock lock(mutex_);
  std::erase(sinks_, sink);
  if (!sinks_.empty() || has_landed_ || is_abandoned_) return false;
  is_abandoned_ = true;
  boost::asio::post(executor_, [weak = weak_from_this()] {
    if (const auto self = weak.lock()) {
      self->signal_.emit(boost::asio::cancellation_type::terminal);
    }
  });
  return true;
}

void ExtractionFlight::wake_at_end(std::shared_ptr<core::Waiter> waiter) {
  const std::scoped_lock lock(mutex_);
  if (has_landed_) {
    waiter->resume();
  } else {
    waiters_.push_back(std::move(waiter));
  }
}

void ExtractionFlight::land(std::optional<core::Result<extract::ExtractionReport>> report,
                            std::exception_ptr thrown) {
  std::vector<std::shared_ptr<core::Waiter>> waiters;
  {
    const std::scoped_lock lock(mutex_);
    report_ = std::move(report);
    thrown_ = std::move(thrown);
    has_landed_ = true;
    sinks_.clear();
    waiters.swap(waiters_);
  }
  for (const auto& waiter : waiters) waiter->resume();
}

const core::Result<extract::ExtractionReport>& ExtractionFlight::report() const {
  if (thrown_) std::rethrow_exception(thrown_);
  return *report_;
}

}  // namespace graphrail::generate
