// What the support check's tests share: nodes in one word, and a row of a table of edges.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/model/evidence_finder.h"
#include "extract/model/support_check.h"
#include "graph/graph.h"

namespace graphrail::extract::model {

inline graph::Node make_node(std::string_view type, std::string_view label) {
  graph::Node node;
  node.label = std::string(label);
  node.type = std::string(type);
  return node;
}

inline graph::Node round_of(std::string_view label, std::string_view stage, std::int64_t amount) {
  graph::Node node = make_node("Round", label);
  if (!stage.empty()) node.properties["stage"] = stage;
  if (amount > 0) node.properties["amount"] = amount;
  return node;
}

/// One edge and what the check must say: "" when it is supported, else the code.
struct SupportCase {
  graph::Node source;
  std::string_view relationship;
  graph::Node target;
  std::string_view quote;
  std::string_view code;
};

/// The code of the check's answer, "" when supported, "misquote" when the text lacks the quote.
inline std::string code_of(std::string_view text, std::string_view schema, const SupportCase& row) {
  const auto evidence = EvidenceFinder(text).find(row.quote);
  if (!evidence) return "misquote";
  graph::Edge edge;
  edge.relationship = std::string(row.relationship);
  edge.evidence = {*evidence};
  const auto answer = SupportCheck(text, schema).check(edge, row.source, row.target);
  return answer ? answer->code : std::string();
}

}  // namespace graphrail::extract::model
