#include "extract/model/prompt.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include "graph/schema.h"

namespace graphrail::embedded {
extern const std::string_view venture_v1_txt;
extern const std::string_view general_v1_txt;
}  // namespace graphrail::embedded

namespace graphrail::extract::model {
namespace {

namespace json = boost::json;

std::string make_block(std::string_view begins, std::string_view ends, std::string_view mark,
                       std::string_view content) {
  return fmt::format("{} {}\n{}\n{} {}\n", begins, mark, content, ends, mark);
}

std::string list_written(const graph::Graph& written) {
  json::array nodes;
  for (const graph::Node& node : written.nodes) {
    nodes.push_back(json::object{{"id", node.id}, {"label", node.label}, {"type", node.type}});
  }
  json::array edges;
  for (const graph::Edge& edge : written.edges) {
    edges.push_back(json::object{
        {"source", edge.source}, {"target", edge.target}, {"relationship", edge.relationship}});
  }
  return json::serialize(json::object{{"nodes", std::move(nodes)}, {"edges", std::move(edges)}});
}

/// The content between "<begins> mark" and "<ends> mark"; the mark is read from the first line.
std::optional<std::string> find_block(std::string_view message, std::string_view begins,
                                      std::string_view ends) {
  const std::size_t start = message.find(fmt::format("{} ", begins));
  if (start == std::string_view::npos) return std::nullopt;
  const std::size_t line_end = message.find('\n', start);
  if (line_end == std::string_view::npos) return std::nullopt;
  const std::size_t mark_at = start + begins.size() + 1;
  const std::string_view mark = message.substr(mark_at, line_end - mark_at);
  const std::size_t end = message.find(fmt::format("\n{} {}", ends, mark), line_end);
  if (end == std::string_view::npos) return std::nullopt;
  // An empty block ends with the line break that began it.
  return end == line_end ? std::string()
                         : std::string(message.substr(line_end + 1, end - line_end - 1));
}

json::object text_type() { return {{"type", "string"}}; }

json::object array_of(json::object items) {
  return {{"type", "array"}, {"items", std::move(items)}};
}

/// An object of the strict subset: every member required, none but these.
json::object strict_object(
    std::initializer_list<std::pair<std::string_view, json::object>> members) {
  json::object properties;
  json::array required;
  for (const auto& [name, type] : members) {
    properties[name] = type;
    required.emplace_back(name);
  }
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", std::move(required)},
          {"additionalProperties", false}};
}

json::object one_of(json::array names) { return {{"type", "string"}, {"enum", std::move(names)}}; }

json::object node_type_of(const graph::Schema& schema) {
  json::array names;
  for (const std::string_view type : schema.node_types) names.emplace_back(type);
  return one_of(std::move(names));
}

/// CO_INVESTED is derived in code and never asked for.
json::object relationship_of(const graph::Schema& schema) {
  if (schema.free_relations) return text_type();
  json::array names;
  for (const graph::RelationRule& rule : schema.relations) {
    if (rule.name != "CO_INVESTED") names.emplace_back(rule.name);
  }
  return one_of(std::move(names));
}

}  // namespace

std::vector<llm::ChatMessage> make_messages(const PromptParts& parts) {
  const bool general = parts.schema == graph::general_schema().name;
  std::string rules(general ? embedded::general_v1_txt : embedded::venture_v1_txt);
  std::string user;
  if (parts.parts > 1) {
    user = fmt::format("Part {} of {} of a longer text.\n", parts.part, parts.parts);
  }
  user += make_block(kTextBegins, kTextEnds, parts.mark, parts.text);
  if (parts.written != nullptr) {
    user += "An earlier answer to this text was cut off after these elements:\n";
    user += make_block(kWrittenBegins, kWrittenEnds, parts.mark, list_written(*parts.written));
    user +=
        "Write only the nodes and edges that are missing, in the same form. Edges may use the ids "
        "above.\n";
  }
  return {{"system", std::move(rules)}, {"user", std::move(user)}};
}

std::optional<ReadPrompt> read_user_message(std::string_view content) {
  std::optional<std::string> text = find_block(content, kTextBegins, kTextEnds);
  if (!text) return std::nullopt;
  // What is written already stands behind the text, never in it.
  const std::size_t after = content.rfind(kTextEnds);
  std::optional<std::string> written =
      find_block(content.substr(after), kWrittenBegins, kWrittenEnds);
  return ReadPrompt{std::move(*text), std::move(written).value_or("")};
}

json::object answer_schema(std::string_view schema_name) {
  const graph::Schema* schema = graph::find_schema(schema_name);
  if (schema == nullptr) schema = &graph::venture_schema();
  const json::object property = strict_object({{"name", text_type()}, {"value", text_type()}});
  const json::object node = strict_object({{"id", text_type()},
                                           {"label", text_type()},
                                           {"type", node_type_of(*schema)},
                                           {"aliases", array_of(text_type())},
                                           {"properties", array_of(property)}});
  const json::object edge = strict_object({{"source", text_type()},
                                           {"target", text_type()},
                                           {"relationship", relationship_of(*schema)},
                                           {"evidence", array_of(text_type())}});
  return strict_object({{"nodes", array_of(node)}, {"edges", array_of(edge)}});
}

const std::string& answer_schema_text(std::string_view schema_name) {
  static const std::string venture = json::serialize(answer_schema(graph::venture_schema().name));
  static const std::string general = json::serialize(answer_schema(graph::general_schema().name));
  return schema_name == graph::general_schema().name ? general : venture;
}

}  // namespace graphrail::extract::model
