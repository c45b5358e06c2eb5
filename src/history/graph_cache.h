// Graphs that a model made of pages, kept for an hour so that the same text is paid for once.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "core/clock.h"
#include "graph/graph.h"

namespace graphrail::history {

/// What an engine found, as it was emitted, and what it reported, as JSON text.
struct CachedGraph {
  graph::Graph graph;
  std::string report_json;
  /// Unix seconds.
  std::int64_t made_at = 0;

  /// Memory that the graph takes, roughly, in bytes.
  [[nodiscard]] std::size_t size_bytes() const noexcept;
};

/// Safe from any thread. May forget a graph at any time.
class GraphCache {
 public:
  virtual ~GraphCache() = default;
  /// The graph under `key` that is younger than the cache's lifetime; null when there is none. A
  /// cache that is away is the same as an empty one.
  virtual boost::asio::awaitable<std::shared_ptr<const CachedGraph>> find(std::string key) = 0;
  virtual boost::asio::awaitable<void> save(std::string key,
                                            std::shared_ptr<const CachedGraph> graph) = 0;
};

/// In memory, at most `max_bytes`; the graph that was used longest ago goes first. A lifetime of 0
/// keeps nothing.
[[nodiscard]] std::shared_ptr<GraphCache> make_memory_graph_cache(
    std::size_t max_bytes, std::int64_t lifetime_seconds, std::shared_ptr<const core::Clock> clock);

}  // namespace graphrail::history
