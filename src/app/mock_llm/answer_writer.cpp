#include "app/mock_llm/answer_writer.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <utility>

#include "app/mock_llm/schema_instance.h"

namespace graphrail::app::mock_llm {
namespace {

namespace json = boost::json;

constexpr std::string_view kOrganization = "Organization";

std::string find_text(const json::value& value, std::string_view name) {
  const json::object* const object = value.if_object();
  const json::value* const text = object ? object->if_contains(name) : nullptr;
  return text != nullptr && text->is_string() ? std::string(text->get_string()) : std::string();
}

const json::array* find_list(const json::object& object, std::string_view name) {
  const json::value* const list = object.if_contains(name);
  return list ? list->if_array() : nullptr;
}

/// Empty for a type that the vocabulary has no word for.
std::string_view general_type_of(const graph::Node& node) {
  if (node.type == "Investor") {
    const json::value* const kind = node.properties.if_contains("kind");
    return kind != nullptr && *kind == json::value("angel") ? "Person" : kOrganization;
  }
  if (node.type == "Project") return kOrganization;
  if (node.type == "Person") return "Person";
  if (node.type == "Round") return "Event";
  if (node.type == "Narrative") return "Concept";
  return {};
}

std::string_view type_in(Vocabulary vocabulary, const graph::Node& node) {
  return vocabulary == Vocabulary::kVenture ? std::string_view(node.type) : general_type_of(node);
}

/// Values of the answer's form are strings: numbers as digits, lists joined.
std::string to_text(const json::value& value) {
  if (value.is_string()) return std::string(value.get_string());
  const json::array* const list = value.if_array();
  if (list == nullptr) return json::serialize(value);
  std::string text;
  for (const json::value& item : *list) {
    if (!text.empty()) text += ", ";
    text += to_text(item);
  }
  return text;
}

json::object write_node(const graph::Node& node, std::string_view type) {
  json::array aliases;
  for (const std::string& alias : node.aliases) aliases.emplace_back(alias);
  json::array properties;
  for (const auto& [name, value] : node.properties) {
    if (!value.is_null()) {
      properties.push_back(json::object{{"name", name}, {"value", to_text(value)}});
    }
  }
  return {{"id", node.id},
          {"label", node.label},
          {"type", type},
          {"aliases", std::move(aliases)},
          {"properties", std::move(properties)}};
}

json::object write_edge(const graph::Edge& edge) {
  json::array quotes;
  for (const graph::Evidence& evidence : edge.evidence) quotes.emplace_back(evidence.quote);
  return {{"source", edge.source},
          {"target", edge.target},
          {"relationship", edge.relationship},
          {"evidence", std::move(quotes)}};
}

}  // namespace

Written read_written(std::string_view text) {
  Written written;
  boost::system::error_code failure;
  const json::value value = json::parse(text, failure);
  if (failure || !value.is_object()) return written;
  if (const json::array* const nodes = find_list(value.get_object(), "nodes")) {
    for (const json::value& node : *nodes) written.node_ids.insert(find_text(node, "id"));
  }
  if (const json::array* const edges = find_list(value.get_object(), "edges")) {
    for (const json::value& edge : *edges) {
      written.edges.emplace(find_text(edge, "source"), find_text(edge, "target"),
                            find_text(edge, "relationship"));
    }
  }
  return written;
}

bool is_graph_schema(const json::object& schema) {
  constexpr std::array<std::string_view, 5> kNodeMembers = {"id", "label", "type", "aliases",
                                                            "properties"};
  constexpr std::array<std::string_view, 4> kEdgeMembers = {"source", "target", "relationship",
                                                            "evidence"};
  const auto describes = [&schema](std::string_view list, const auto& members) {
    const json::object* const items = find_items(schema, find_property(schema, &schema, list));
    return std::ranges::all_of(members, [&schema, items](std::string_view member) {
      return find_property(schema, items, member) != nullptr;
    });
  };
  return describes("nodes", kNodeMembers) && describes("edges", kEdgeMembers);
}

Vocabulary choose_vocabulary(const ChatCall& call) {
  if (call.form != AnswerForm::kJsonSchema) {
    // The schema is part of the instructions there, types in quotes.
    const bool names_it = call.instructions.find("\"Organization\"") != std::string::npos;
    return names_it ? Vocabulary::kGeneral : Vocabulary::kVenture;
  }
  const json::object* const nodes =
      find_items(call.schema, find_property(call.schema, &call.schema, "nodes"));
  const json::object* const type = find_property(call.schema, nodes, "type");
  const json::array* const names = type ? find_list(*type, "enum") : nullptr;
  const auto is_organization = [](const json::value& name) {
    return name.is_string() && name.get_string() == kOrganization;
  };
  return names != nullptr && std::ranges::any_of(*names, is_organization) ? Vocabulary::kGeneral
                                                                          : Vocabulary::kVenture;
}

std::string write_answer(const graph::Graph& graph, Vocabulary vocabulary, const Written& written) {
  json::array nodes;
  std::set<std::string_view> known;
  for (const graph::Node& node : graph.nodes) {
    const std::string_view type = type_in(vocabulary, node);
    if (type.empty()) continue;
    known.insert(node.id);
    if (!written.node_ids.contains(node.id)) nodes.push_back(write_node(node, type));
  }
  json::array edges;
  for (const graph::Edge& edge : graph.edges) {
    if (edge.relationship == "CO_INVESTED") continue;
    if (!known.contains(edge.source) || !known.contains(edge.target)) continue;
    if (written.edges.contains({edge.source, edge.target, edge.relationship})) continue;
    edges.push_back(write_edge(edge));
  }
  return json::serialize(json::object{{"nodes", std::move(nodes)}, {"edges", std::move(edges)}});
}

}  // namespace graphrail::app::mock_llm
