#include "generate/collector.h"

#include <utility>

#include "graph/co_invested.h"

namespace graphrail::generate {

void GraphCollector::node(graph::Node node) {
  has_begun_ = true;
  const graph::Node* kept = validator_.add(std::move(node));
  if (kept != nullptr && audience_) audience_->node(*kept);
}

void GraphCollector::edge(graph::Edge edge) {
  has_begun_ = true;
  const graph::Edge* kept = validator_.add(std::move(edge));
  if (kept != nullptr && audience_) audience_->edge(*kept);
}

void GraphCollector::progress(extract::ExtractionProgress progress) {
  if (!audience_) return;
  audience_->stage("extracting", {{"chunks", progress.chunks},
                                  {"chunks_done", progress.chunks_done},
                                  {"nodes", validator_.node_count()},
                                  {"edges", validator_.edge_count()}});
}

graph::ValidatedGraph GraphCollector::take() {
  graph::ValidatedGraph collected = std::move(validator_).take();
  const std::size_t found = collected.graph.edges.size();
  graph::derive_co_invested(collected.graph);
  if (!audience_) return collected;
  for (std::size_t i = found; i < collected.graph.edges.size(); ++i) {
    audience_->edge(collected.graph.edges[i]);
  }
  return collected;
}

}  // namespace graphrail::generate
