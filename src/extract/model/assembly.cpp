#include "extract/model/assembly.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <optional>
#include <utility>

#include "extract/model/properties.h"
#include "graph/schema.h"

namespace graphrail::extract::model {
namespace {

/// Edges of one chunk that may wait for their ends.
constexpr std::size_t kMaxWaiting = 10'000;

std::string shown(const WrittenEdge& edge) {
  return fmt::format("{} {} {}", graph::shortened(edge.source), graph::shortened(edge.relationship),
                     graph::shortened(edge.target));
}

}  // namespace

Assembly::Assembly(std::shared_ptr<const TextIndex> index, std::string schema,
                   std::shared_ptr<ExtractionSink> sink)
    : index_(std::move(index)),
      schema_(std::move(schema)),
      sink_(std::move(sink)),
      resolver_(index_->text()),
      pending_(index_->chunks().size()) {}

void Assembly::take(std::size_t chunk, Element element) {
  if (chunk == current_) {
    place(std::move(element));
  } else {
    pending_.at(chunk).items.emplace_back(std::move(element));
  }
}

void Assembly::warn(std::size_t chunk, graph::Warning warning) {
  if (chunk == current_) {
    warnings_.add(warning.code, std::move(warning.message));
  } else {
    pending_.at(chunk).items.emplace_back(std::move(warning));
  }
}

void Assembly::finish(std::size_t chunk) {
  pending_.at(chunk).is_finished = true;
  while (current_ < pending_.size() && pending_[current_].is_finished) {
    end_chunk();
    ++current_;
    if (current_ == pending_.size()) return;
    // What came early has its turn now.
    std::deque<std::variant<Element, graph::Warning>> items;
    items.swap(pending_[current_].items);
    for (auto& item : items) {
      if (auto* element = std::get_if<Element>(&item)) {
        place(std::move(*element));
      } else {
        warn(current_, std::move(std::get<graph::Warning>(item)));
      }
    }
  }
}

void Assembly::place(Element element) {
  if (auto* node = std::get_if<graph::Node>(&element)) {
    place_node(std::move(*node));
    return;
  }
  auto& edge = std::get<WrittenEdge>(element);
  if (place_edge(edge)) return;
  if (waiting_.size() < kMaxWaiting) waiting_.push_back(std::move(edge));
}

void Assembly::place_node(graph::Node node) {
  const std::string written_id = node.id;
  const auto [entry, is_new] = ids_.try_emplace(written_id);
  // The same id again: what it adds to the entity is taken, its id stands as it is.
  const graph::Schema* schema = graph::find_schema(schema_);
  if (schema == nullptr || !schema->allows_node_type(node.type)) {
    drop("unknown_node_type",
         fmt::format("Node {} was dropped: the schema has no type {}.",
                     graph::shortened(node.label), graph::shortened(node.type)));
    return;
  }
  if (const auto fault = index_->support().check(node)) {
    drop(fault->code, fault->message);
    return;
  }
  std::erase_if(node.aliases,
                [this](const std::string& alias) { return !index_->mentions(alias); });
  CheckedProperties properties =
      check_properties(schema_, node.type, node.properties,
                       [this](std::string_view words) { return index_->mentions(words); });
  node.properties = std::move(properties.kept);
  if (!properties.dropped.empty()) {
    drop("property_dropped",
         fmt::format("Node {} lost {}: not in the schema, or not stated in the text.",
                     graph::shortened(node.label),
                     graph::shortened(fmt::format("{}", fmt::join(properties.dropped, ", ")))));
  }
  const Resolved resolved = resolver_.add(std::move(node));
  entry->second = resolved.id;
  if (resolved.changed) sink_->node(resolver_.entity(resolved.id));
}

bool Assembly::place_edge(const WrittenEdge& edge) {
  const auto source = ids_.find(edge.source);
  const auto target = ids_.find(edge.target);
  if (source == ids_.end() || target == ids_.end()) return false;
  if (source->second.empty() || target->second.empty()) {
    drop("dangling_edge",
         fmt::format("Edge {} was dropped: one of its nodes was dropped.", shown(edge)));
    return true;
  }
  ground_edge(edge, source->second, target->second);
  return true;
}

void Assembly::ground_edge(const WrittenEdge& written, const std::string& source,
                           const std::string& target) {
  graph::Edge edge;
  edge.source = source;
  edge.target = target;
  edge.relationship = written.relationship;
  // Two chunks may state the same fact; the first place in the text stands for it.
  std::string key = source + '\n' + target + '\n' + edge.relationship;
  if (edges_.contains(key)) return;
  const Chunk range = index_->chunks()[current_];
  for (const std::string& quote : written.quotes) {
    auto found = index_->finder().find_near(quote, range.begin, range.end);
    if (found) edge.evidence.push_back(std::move(*found));
  }
  if (edge.evidence.empty()) {
    drop("quote_not_in_text",
         fmt::format("Edge {} was dropped: its quote does not stand in the text.", shown(written)));
    return;
  }
  const graph::Node& from = resolver_.entity(source);
  const graph::Node& to = resolver_.entity(target);
  if (const auto fault = index_->support().check(edge, from, to)) {
    drop(fault->code, fault->message);
    return;
  }
  edges_.insert(std::move(key));
  sink_->edge(std::move(edge));
}

void Assembly::end_chunk() {
  for (const WrittenEdge& edge : waiting_) {
    if (place_edge(edge)) continue;
    drop("dangling_edge",
         fmt::format("Edge {} was dropped: one of its nodes is not in the graph.", shown(edge)));
  }
  waiting_.clear();
  ids_.clear();
}

std::vector<EntityMerge> Assembly::merges() const {
  std::vector<EntityMerge> merges;
  for (const Merge& merge : resolver_.merges()) {
    merges.push_back({merge.label, merge.into, std::string(to_string(merge.reason))});
  }
  return merges;
}

}  // namespace graphrail::extract::model
