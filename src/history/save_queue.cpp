#include "history/save_queue.h"

#include <span>

#include "store/store_error.h"

namespace graphrail::history {
namespace {

/// Bounds how long the first of a batch waits for the last.
constexpr std::size_t kMaxBatch = 32;

}  // namespace

std::shared_ptr<SaveQueue::Save> SaveQueue::add(std::shared_ptr<const SavedGraph> graph) {
  auto save = std::make_shared<Save>();
  save->graph = std::move(graph);
  const std::scoped_lock lock(line_mutex_);
  line_.push_back(save);
  return save;
}

void SaveQueue::remove(const std::shared_ptr<Save>& save) {
  const std::scoped_lock lock(line_mutex_);
  std::erase(line_, save);
}

core::Result<void> SaveQueue::finish(const std::shared_ptr<Save>& save, std::int64_t now) {
  const std::scoped_lock lock(writing_mutex_);
  while (!save->outcome) {
    const Batch batch = take_batch();
    if (batch.empty()) break;
    write(batch, now);
  }
  if (save->outcome) return *save->outcome;
  // Only when writing its batch threw.
  return core::fail(HistoryError::kUnavailable, {"Saved graphs are not available right now."},
                    {"the graph was lost on its way to the database"});
}

SaveQueue::Batch SaveQueue::take_batch() {
  const std::scoped_lock lock(line_mutex_);
  Batch batch;
  while (!line_.empty() && batch.size() < kMaxBatch) {
    batch.push_back(std::move(line_.front()));
    line_.pop_front();
  }
  return batch;
}

void SaveQueue::write(const Batch& batch, std::int64_t now) {
  std::vector<std::shared_ptr<const SavedGraph>> graphs;
  graphs.reserve(batch.size());
  for (const std::shared_ptr<Save>& save : batch) graphs.push_back(save->graph);
  const core::Result<void> together = writer_->save(graphs, now);
  // A database that is busy or gone is so for each; anything else may lie in one of them.
  const bool is_one_to_blame = !together && graphs.size() > 1 &&
                               !together.error().is(store::StoreError::kBusy) &&
                               !together.error().is(store::StoreError::kCannotOpen);
  for (std::size_t i = 0; i < batch.size(); ++i) {
    batch[i]->outcome = is_one_to_blame ? writer_->save(std::span(&graphs[i], 1), now) : together;
  }
}

}  // namespace graphrail::history
