// Saves that wait for the one connection that writes. Whoever gets it writes for all that wait, in
// one transaction: when many generations end at once, most find their graph saved already. Safe
// from any thread.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "core/result.h"
#include "history/graph_store.h"
#include "history/sqlite_connections.h"

namespace graphrail::history {

class SaveQueue {
 public:
  /// One graph on its way.
  struct Save {
    std::shared_ptr<const SavedGraph> graph;
    /// Set under the writing lock once the transaction has ended.
    std::optional<core::Result<void>> outcome;
  };

  explicit SaveQueue(std::unique_ptr<GraphWriter> writer) : writer_(std::move(writer)) {}

  /// Puts a graph in line. Each must be finished, or given up with remove(), so that the line is
  /// never longer than the work that stands behind it.
  [[nodiscard]] std::shared_ptr<Save> add(std::shared_ptr<const SavedGraph> graph);

  /// Leaves the line, unless it is being written.
  void remove(const std::shared_ptr<Save>& save);

  /// Writes what waits until `save` is written, unless another call has done so. Blocks. Fails with
  /// StoreError values, for `save` alone: a graph that cannot be saved does not spoil the others.
  core::Result<void> finish(const std::shared_ptr<Save>& save, std::int64_t now);

 private:
  using Batch = std::vector<std::shared_ptr<Save>>;

  [[nodiscard]] Batch take_batch();
  void write(const Batch& batch, std::int64_t now);

  std::mutex line_mutex_;
  std::deque<std::shared_ptr<Save>> line_;
  /// Held while a batch is written; before line_mutex_.
  std::mutex writing_mutex_;
  std::unique_ptr<GraphWriter> writer_;
};

}  // namespace graphrail::history
