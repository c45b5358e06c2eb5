// Puts together what the chunks of a text gave: one graph, in the order of the text whatever the
// order of the answers, every element checked before anyone sees it. The chunk whose turn it is
// passes its elements on as they come; later chunks wait in memory.
#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "extract/extractor.h"
#include "extract/model/element.h"
#include "extract/model/entity_resolver.h"
#include "extract/model/text_index.h"
#include "graph/warning_list.h"

namespace graphrail::extract::model {

/// A node or an edge as the model wrote it; ids hold within one chunk.
using Element = std::variant<graph::Node, WrittenEdge>;

/// Owned by one extraction; used on one executor.
class Assembly {
 public:
  Assembly(std::shared_ptr<const TextIndex> index, std::string schema,
           std::shared_ptr<ExtractionSink> sink);

  /// The next element of a chunk.
  void take(std::size_t chunk, Element element);
  /// Nothing more comes from this chunk. Every chunk must be finished once.
  void finish(std::size_t chunk);
  /// A remark on a chunk; stands among the warnings of its place in the text.
  void warn(std::size_t chunk, graph::Warning warning);

  [[nodiscard]] std::vector<graph::Warning> take_warnings() { return std::move(warnings_).take(); }
  [[nodiscard]] std::vector<EntityMerge> merges() const;
  /// Something has been emitted.
  [[nodiscard]] bool has_elements() const noexcept { return !resolver_.entities().empty(); }

 private:
  struct Pending {
    std::deque<std::variant<Element, graph::Warning>> items;
    bool is_finished = false;
  };

  void place(Element element);
  void place_node(graph::Node node);
  /// False when an end is not known yet.
  bool place_edge(const WrittenEdge& edge);
  void ground_edge(const WrittenEdge& written, const std::string& source,
                   const std::string& target);
  void end_chunk();
  void drop(std::string_view code, std::string message) { warnings_.add(code, std::move(message)); }

  std::shared_ptr<const TextIndex> index_;
  std::string schema_;
  std::shared_ptr<ExtractionSink> sink_;
  EntityResolver resolver_;
  graph::WarningList warnings_;
  /// The chunk whose turn it is.
  std::size_t current_ = 0;
  std::vector<Pending> pending_;
  /// Ids of the current chunk's answer -> ids of the graph; "" for a node that was dropped.
  std::unordered_map<std::string, std::string> ids_;
  /// Edges of the current chunk whose ends have not come yet.
  std::vector<WrittenEdge> waiting_;
  std::set<std::string> edges_;
};

}  // namespace graphrail::extract::model
