#include "app/doctor/sample.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace graphrail::app::doctor {
namespace {

constexpr std::string_view kText =
    "Fernhollow raises $9 million Series A for orchard robots\n"
    "\n"
    "LISBON - Fernhollow, an orchard robotics company, announced a $9 million Series A round led "
    "by Merrow Peak Ventures, with participation from Saltmarsh Capital. Fernhollow was founded by "
    "Ilse Brandvold and Tomas Quaye.\n";

/// An edge of that relation between labels that hold these words; empty for any.
struct Fact {
  std::string_view relationship;
  std::string_view source;
  std::string_view target;
};

constexpr std::array<Fact, kSampleFacts> kFacts = {{
    {"RAISED", "Fernhollow", ""},
    {"LED", "Merrow Peak", ""},
    {"INVESTED_IN", "Saltmarsh", ""},
    {"FOUNDED", "Brandvold", "Fernhollow"},
    {"FOUNDED", "Quaye", "Fernhollow"},
}};

std::string_view label_of(const graph::Graph& graph, const std::string& id) {
  const auto node = std::ranges::find(graph.nodes, id, &graph::Node::id);
  return node == graph.nodes.end() ? std::string_view() : std::string_view(node->label);
}

}  // namespace

std::string sample_text() { return std::string(kText); }

std::string long_sample_text(std::size_t chars) {
  std::string text(kText);
  for (int day = 1; text.size() < chars; ++day) {
    text += fmt::format(
        "\nOn day {} the weather stayed mild, the trees were pruned by hand and the paths between "
        "them were swept.\n",
        day);
  }
  text.resize(std::max(chars, kText.size()));
  return text;
}

std::size_t count_facts(const graph::Graph& graph) {
  return static_cast<std::size_t>(std::ranges::count_if(kFacts, [&graph](const Fact& fact) {
    return std::ranges::any_of(graph.edges, [&](const graph::Edge& edge) {
      return edge.relationship == fact.relationship &&
             label_of(graph, edge.source).contains(fact.source) &&
             label_of(graph, edge.target).contains(fact.target);
    });
  }));
}

}  // namespace graphrail::app::doctor
