#include "extract/rules/rules.h"

namespace graphrail::extract::rules {

graph::Graph extract_venture_graph(std::string_view) { return {}; }

}  // namespace graphrail::extract::rules
