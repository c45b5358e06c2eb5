#include "extract/rules/rules.h"

#include "extract/rules/alias_rules.h"
#include "extract/rules/deals.h"
#include "extract/rules/document.h"
#include "extract/rules/entities.h"
#include "extract/rules/facts.h"
#include "extract/rules/graph_builder.h"
#include "extract/rules/investor_rules.h"
#include "extract/rules/narrative_rules.h"
#include "extract/rules/people_rules.h"
#include "extract/rules/round_mentions.h"

namespace graphrail::extract::rules {

graph::Graph extract_venture_graph(std::string_view text) {
  return extract_venture_graph(read_document(text));
}

graph::Graph extract_venture_graph(const Document& doc) {
  Facts facts;
  find_round_mentions(doc, facts);
  find_investors(doc, facts);
  find_people(doc, facts);
  find_narratives(doc, facts);
  find_same_names(doc, facts);
  const Entities entities(doc, facts);
  const Deals deals = resolve_deals(doc, facts, entities);
  return build_graph(doc, facts, entities, deals);
}

}  // namespace graphrail::extract::rules
