// CO_INVESTED is never read from a text: it follows from shared rounds.
#pragma once

#include "graph/graph.h"

namespace graphrail::graph {

/// Adds Investor -CO_INVESTED-> Investor from each lead of a round to each other investor of that
/// round, once per pair, with the evidence of both edges. Idempotent; linear in rounds x leads.
void derive_co_invested(Graph& graph);

}  // namespace graphrail::graph
