#include <list>
#include <mutex>
#include <unordered_map>
#include <utility>

#include "history/graph_cache.h"

namespace graphrail::history {
namespace {

/// What a node or an edge takes beside its texts.
constexpr std::size_t kBytesPerElement = 256;

class MemoryGraphCache final : public GraphCache {
 public:
  MemoryGraphCache(std::size_t max_bytes, std::int64_t lifetime_seconds,
                   std::shared_ptr<const core::Clock> clock)
      : max_bytes_(max_bytes), lifetime_seconds_(lifetime_seconds), clock_(std::move(clock)) {}

  boost::asio::awaitable<std::shared_ptr<const CachedGraph>> find(std::string key) override {
    co_return look_up(key);
  }

  boost::asio::awaitable<void> save(std::string key,
                                    std::shared_ptr<const CachedGraph> graph) override {
    keep(std::move(key), std::move(graph));
    co_return;
  }

 private:
  struct Entry {
    std::string key;
    std::shared_ptr<const CachedGraph> graph;
    std::size_t bytes = 0;
  };

  std::shared_ptr<const CachedGraph> look_up(const std::string& key) {
    const std::scoped_lock lock(mutex_);
    const auto found = by_key_.find(key);
    if (found == by_key_.end()) return nullptr;
    const std::int64_t age = clock_->unix_seconds() - found->second->graph->made_at;
    if (age < 0 || age >= lifetime_seconds_) {
      forget(found->second);
      return nullptr;
    }
    entries_.splice(entries_.begin(), entries_, found->second);
    return found->second->graph;
  }

  void keep(std::string key, std::shared_ptr<const CachedGraph> graph) {
    const std::size_t bytes = graph->size_bytes() + key.size();
    if (bytes > max_bytes_ || lifetime_seconds_ == 0) return;
    const std::scoped_lock lock(mutex_);
    if (const auto found = by_key_.find(key); found != by_key_.end()) forget(found->second);
    entries_.push_front({key, std::move(graph), bytes});
    by_key_.emplace(std::move(key), entries_.begin());
    bytes_ += bytes;
    while (bytes_ > max_bytes_) forget(std::prev(entries_.end()));
  }

  void forget(std::list<Entry>::iterator entry) {
    bytes_ -= entry->bytes;
    by_key_.erase(entry->key);
    entries_.erase(entry);
  }

  std::size_t max_bytes_;
  std::int64_t lifetime_seconds_;
  std::shared_ptr<const core::Clock> clock_;
  std::mutex mutex_;
  /// Most recently used first.
  std::list<Entry> entries_;
  std::unordered_map<std::string, std::list<Entry>::iterator> by_key_;
  std::size_t bytes_ = 0;
};

}  // namespace

std::size_t CachedGraph::size_bytes() const noexcept {
  std::size_t bytes = sizeof(CachedGraph) + report_json.size();
  for (const graph::Node& node : graph.nodes) {
    bytes +=
        kBytesPerElement * (1 + node.properties.size() + node.aliases.size()) + node.label.size();
  }
  for (const graph::Edge& edge : graph.edges) {
    bytes += kBytesPerElement * (1 + edge.evidence.size());
    for (const graph::Evidence& evidence : edge.evidence) bytes += evidence.quote.size();
  }
  return bytes;
}

std::shared_ptr<GraphCache> make_memory_graph_cache(std::size_t max_bytes,
                                                    std::int64_t lifetime_seconds,
                                                    std::shared_ptr<const core::Clock> clock) {
  return std::make_shared<MemoryGraphCache>(max_bytes, lifetime_seconds, std::move(clock));
}

}  // namespace graphrail::history
