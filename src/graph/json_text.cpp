#include <fmt/format.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <iterator>
#include <string_view>

#include "graph/json.h"

namespace graphrail::graph {
namespace {

namespace json = boost::json;

void append_text(std::string& out, std::string_view text) {
  const bool is_plain = std::ranges::none_of(
      text, [](char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20; });
  if (is_plain) {
    out.append(1, '"').append(text).append(1, '"');
  } else {
    out += json::serialize(json::string_view(text.data(), text.size()));
  }
}

/// A member behind another one; `name` is written as it is.
void append_member(std::string& out, std::string_view name, std::string_view value) {
  out.append(",\"").append(name).append("\":");
  append_text(out, value);
}

template <class Items, class Append>
void append_array(std::string& out, const Items& items, Append append_item) {
  out += '[';
  for (const auto& item : items) {
    if (&item != &*items.begin()) out += ',';
    append_item(out, item);
  }
  out += ']';
}

void append(std::string& out, const Node& node) {
  out += R"({"id":)";
  append_text(out, node.id);
  append_member(out, "label", node.label);
  append_member(out, "type", node.type);
  out += R"(,"aliases":)";
  append_array(out, node.aliases,
               [](std::string& to, const std::string& alias) { append_text(to, alias); });
  out += R"(,"properties":)";
  out += node.properties.empty() ? "{}" : json::serialize(node.properties);
  out += '}';
}

void append(std::string& out, const Evidence& evidence) {
  out += R"({"quote":)";
  append_text(out, evidence.quote);
  fmt::format_to(std::back_inserter(out), R"(,"start":{},"end":{}}})", evidence.start,
                 evidence.end);
}

void append(std::string& out, const Edge& edge) {
  out += R"({"source":)";
  append_text(out, edge.source);
  append_member(out, "target", edge.target);
  append_member(out, "relationship", edge.relationship);
  out += R"(,"evidence":)";
  append_array(out, edge.evidence,
               [](std::string& to, const Evidence& evidence) { append(to, evidence); });
  out += '}';
}

}  // namespace

std::string to_json_text(const Graph& graph) {
  std::string out = R"({"nodes":)";
  append_array(out, graph.nodes, [](std::string& to, const Node& node) { append(to, node); });
  out += R"(,"edges":)";
  append_array(out, graph.edges, [](std::string& to, const Edge& edge) { append(to, edge); });
  out += '}';
  return out;
}

}  // namespace graphrail::graph
