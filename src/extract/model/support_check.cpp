#include "extract/model/support_check.h"

#include <utility>

#include "extract/model/support_edge.h"
#include "extract/model/support_words.h"
#include "extract/rules/rules.h"

namespace graphrail::extract::model {

struct SupportCheck::State {
  State(std::string_view source, rules::Document doc) : text(source, std::move(doc)) {}

  SupportText text;
  std::optional<SupportWitness> witness;
};

SupportCheck::SupportCheck(std::string_view text, std::string_view schema) {
  // Read once, for the witness and for the check.
  rules::Document doc = rules::read_document(text);
  std::optional<graph::Graph> seen;
  if (schema == "venture") seen = rules::extract_venture_graph(doc);
  auto state = std::make_unique<State>(text, std::move(doc));
  if (seen) state->witness.emplace(std::move(*seen), state->text);
  state_ = std::move(state);
}

SupportCheck::~SupportCheck() = default;
SupportCheck::SupportCheck(SupportCheck&&) noexcept = default;
SupportCheck& SupportCheck::operator=(SupportCheck&&) noexcept = default;

std::optional<Unsupported> SupportCheck::check(const graph::Edge& edge, const graph::Node& source,
                                               const graph::Node& target) const {
  const SupportWitness* witness = state_->witness ? &*state_->witness : nullptr;
  return SupportEdge(state_->text, witness, edge, source, target).judge();
}

std::optional<Unsupported> SupportCheck::check(const graph::Node& node) const {
  const SupportText& text = state_->text;
  if (node.type == "Round" && state_->witness) {
    if (SupportRound(node).written_in(text)) return std::nullopt;
    return Unsupported{.code = "label_not_in_text",
                       .message = "The text states no round of this stage and amount."};
  }
  if (SupportNames(node).written_in(text)) return std::nullopt;
  const bool words = node.type == "Narrative" || node.type == "Concept" || node.type == "Date" ||
                     node.type == "Event";
  if (words && words_in(text, node.label, text.all())) return std::nullopt;
  return Unsupported{.code = "label_not_in_text",
                     .message = "The text does not contain this name or any alias of it."};
}

}  // namespace graphrail::extract::model
