// USES: graph core
// Any bytes as the JSON of a graph: reading must not crash, and what validation lets through must
// pass it again unchanged and survive its own JSON.
#include <boost/json/parse.hpp>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "graph/json.h"
#include "graph/validate.h"

namespace {

constexpr std::string_view kText = "Nübe raised 5 m€ from Ärlig Capital. 日本 too — Söder led.";

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace graphrail;
  boost::json::error_code error;
  const boost::json::value json =
      boost::json::parse({reinterpret_cast<const char*>(data), size}, error);
  if (error) return 0;
  core::Result<graph::Graph> graph = graph::graph_from_json(json);
  if (!graph) return 0;
  const auto once = graph::validate(std::move(*graph), graph::venture_schema(), kText);
  const auto twice = graph::validate(once.graph, graph::venture_schema(), kText);
  require(twice.graph == once.graph && twice.warnings.empty());
  const auto again = graph::graph_from_json(graph::to_json(once.graph));
  require(again.has_value() && *again == once.graph);
  return 0;
}
