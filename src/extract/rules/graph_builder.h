// Turns resolved deals into the graph: nodes with ids and properties, edges with evidence.
#pragma once

#include "extract/rules/deals.h"
#include "extract/rules/document.h"
#include "extract/rules/entities.h"
#include "extract/rules/facts.h"
#include "graph/graph.h"

namespace graphrail::extract::rules {

[[nodiscard]] graph::Graph build_graph(const Document& doc, const Facts& facts,
                                       const Entities& entities, const Deals& deals);

}  // namespace graphrail::extract::rules
