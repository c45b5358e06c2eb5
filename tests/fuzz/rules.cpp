// USES: extract graph core
// The rules engine on arbitrary text: no crash, and every graph keeps the rules of the contract.
#include "extract/rules/rules.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <unordered_set>

#include "core/utf8.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view raw(reinterpret_cast<const char*>(data), size);
  const std::string text = graphrail::core::replace_invalid_utf8(raw);
  const auto graph = graphrail::extract::rules::extract_venture_graph(text);
  const graphrail::core::CodePointIndex index(text);
  std::unordered_set<std::string> ids;
  for (const auto& node : graph.nodes) require(!node.id.empty() && ids.insert(node.id).second);
  std::unordered_set<std::string> edges;
  for (const auto& edge : graph.edges) {
    require(ids.contains(edge.source) && ids.contains(edge.target) && edge.source != edge.target);
    require(edges.insert(edge.source + ' ' + edge.relationship + ' ' + edge.target).second);
    require(!edge.evidence.empty());
    for (const auto& quote : edge.evidence) {
      const std::size_t begin = index.byte_offset_of(quote.start);
      const std::size_t end = index.byte_offset_of(quote.end);
      require(!quote.quote.empty() && text.substr(begin, end - begin) == quote.quote);
    }
  }
  return 0;
}
