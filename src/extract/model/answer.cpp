#include "extract/model/answer.h"

#include <optional>
#include <utility>

namespace graphrail::extract::model {

bool AnswerReader::content(std::string_view piece) {
  if (reader_.complete() || reader_.failed()) trailing_bytes_ += piece.size();
  reader_.feed(piece, *this);
  return trailing_bytes_ <= kMaxTrailingBytes;
}

void AnswerReader::element(std::string_view array, std::string_view json) {
  if (array == "nodes") {
    if (std::optional<graph::Node> node = read_node(json)) {
      ++elements_;
      written_.nodes.push_back({.id = node->id, .label = node->label, .type = node->type});
      node->id = id_prefix_ + node->id;
      on_element_(std::move(*node));
      return;
    }
  } else if (array == "edges") {
    if (std::optional<WrittenEdge> edge = read_edge(json)) {
      ++elements_;
      written_.edges.push_back(
          {.source = edge->source, .target = edge->target, .relationship = edge->relationship});
      edge->source = id_prefix_ + edge->source;
      edge->target = id_prefix_ + edge->target;
      on_element_(std::move(*edge));
      return;
    }
  }
  ++malformed_;
}

Verdict judge(const llm::ChatAnswer& answer, const AnswerReader& reader) {
  if (answer.finish == llm::FinishReason::kContentFilter) return Verdict::kFiltered;
  const bool too_large = answer.broken_off && answer.broken_off->is(llm::LlmError::kAnswerTooLarge);
  if (too_large) return Verdict::kTooLarge;
  const bool has_form =
      reader.reader().has_arrays() && (reader.elements() > 0 || reader.malformed() == 0);
  if (reader.reader().complete() && has_form) return Verdict::kComplete;
  const bool was_cut = answer.broken_off || answer.finish == llm::FinishReason::kLength;
  return was_cut || reader.elements() > 0 ? Verdict::kCut : Verdict::kUnusable;
}

}  // namespace graphrail::extract::model
