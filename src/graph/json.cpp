#include "graph/json.h"

#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

namespace graphrail::graph {
namespace {

namespace json = boost::json;

class GraphCategory final : public std::error_category {
 public:
  const char* name() const noexcept override { return "graph"; }
  std::string message(int value) const override {
    switch (static_cast<GraphError>(value)) {
      case GraphError::kMalformedJson:
        return "malformed graph JSON";
    }
    return "unknown graph error";
  }
};

json::string_view view(std::string_view text) { return {text.data(), text.size()}; }

json::object to_json(const Evidence& evidence) {
  json::object out;
  out["quote"] = evidence.quote;
  out["start"] = evidence.start;
  out["end"] = evidence.end;
  return out;
}

template <class Items>
json::array to_array(const Items& items) {
  json::array out;
  out.reserve(items.size());
  for (const auto& item : items) out.push_back(to_json(item));
  return out;
}

/// Reads members of one JSON object; the first that does not fit is kept as a path such as
/// `edges[3].evidence[0].start`, and everything read after it is ignored by the caller.
class Reader {
 public:
  std::string& failed_at() { return failed_at_; }

  const json::object* object(const json::value& value, const std::string& path) {
    return value.is_object() ? &value.get_object() : fail(path);
  }

  void text(const json::object& from, std::string_view name, const std::string& path,
            std::string& out) {
    const json::value* value = from.if_contains(view(name));
    if (value == nullptr || !value->is_string()) {
      fail(fmt::format("{}.{}", path, name));
      return;
    }
    out = std::string(value->get_string());
  }

  void count(const json::object& from, std::string_view name, const std::string& path,
             std::size_t& out) {
    const json::value* value = from.if_contains(view(name));
    json::error_code error;
    const auto number = value == nullptr ? std::size_t{0} : value->to_number<std::size_t>(error);
    if (value == nullptr || error) {
      fail(fmt::format("{}.{}", path, name));
      return;
    }
    out = number;
  }

  /// Calls `read(item, item_path)` for each element. An absent array is empty unless `required`.
  template <class Read>
  void each(const json::object& from, std::string_view name, const std::string& path, bool required,
            Read read) {
    const std::string array_path =
        path.empty() ? std::string(name) : fmt::format("{}.{}", path, name);
    const json::value* value = from.if_contains(view(name));
    if (value == nullptr && !required) return;
    if (value == nullptr || !value->is_array()) {
      fail(array_path);
      return;
    }
    const json::array& items = value->get_array();
    for (std::size_t i = 0; i < items.size() && failed_at_.empty(); ++i) {
      read(items[i], fmt::format("{}[{}]", array_path, i));
    }
  }

  std::nullptr_t fail(const std::string& path) {
    if (failed_at_.empty()) failed_at_ = path;
    return nullptr;
  }

 private:
  std::string failed_at_;
};

Node read_node(Reader& reader, const json::value& value, const std::string& path) {
  Node node;
  const json::object* from = reader.object(value, path);
  if (from == nullptr) return node;
  reader.text(*from, "id", path, node.id);
  reader.text(*from, "label", path, node.label);
  reader.text(*from, "type", path, node.type);
  reader.each(*from, "aliases", path, false, [&](const json::value& item, const std::string& at) {
    if (item.is_string()) {
      node.aliases.emplace_back(item.get_string());
    } else {
      reader.fail(at);
    }
  });
  if (const json::value* properties = from->if_contains("properties")) {
    if (const auto* object = reader.object(*properties, path + ".properties")) {
      node.properties = *object;
    }
  }
  return node;
}

Evidence read_evidence(Reader& reader, const json::value& value, const std::string& path) {
  Evidence evidence;
  const json::object* from = reader.object(value, path);
  if (from == nullptr) return evidence;
  reader.text(*from, "quote", path, evidence.quote);
  reader.count(*from, "start", path, evidence.start);
  reader.count(*from, "end", path, evidence.end);
  return evidence;
}

Edge read_edge(Reader& reader, const json::value& value, const std::string& path) {
  Edge edge;
  const json::object* from = reader.object(value, path);
  if (from == nullptr) return edge;
  reader.text(*from, "source", path, edge.source);
  reader.text(*from, "target", path, edge.target);
  reader.text(*from, "relationship", path, edge.relationship);
  reader.each(*from, "evidence", path, false, [&](const json::value& item, const std::string& at) {
    edge.evidence.push_back(read_evidence(reader, item, at));
  });
  return edge;
}

}  // namespace

std::error_code make_error_code(GraphError error) noexcept {
  static const GraphCategory category;
  return {static_cast<int>(error), category};
}

json::object to_json(const Node& node) {
  json::object out;
  out["id"] = node.id;
  out["label"] = node.label;
  out["type"] = node.type;
  out["aliases"] = json::array(node.aliases.begin(), node.aliases.end());
  out["properties"] = node.properties;
  return out;
}

json::object to_json(const Edge& edge) {
  json::object out;
  out["source"] = edge.source;
  out["target"] = edge.target;
  out["relationship"] = edge.relationship;
  out["evidence"] = to_array(edge.evidence);
  return out;
}

json::object to_json(const Warning& warning) {
  json::object out;
  out["code"] = warning.code;
  out["message"] = warning.message;
  return out;
}

json::object to_json(const Graph& graph) {
  json::object out;
  out["nodes"] = to_array(graph.nodes);
  out["edges"] = to_array(graph.edges);
  return out;
}

core::Result<Graph> graph_from_json(const json::value& value) {
  Reader reader;
  Graph graph;
  if (const json::object* from = reader.object(value, "graph")) {
    reader.each(*from, "nodes", "", true, [&](const json::value& item, const std::string& path) {
      graph.nodes.push_back(read_node(reader, item, path));
    });
    reader.each(*from, "edges", "", true, [&](const json::value& item, const std::string& path) {
      graph.edges.push_back(read_edge(reader, item, path));
    });
  }
  if (reader.failed_at().empty()) return graph;
  const std::string text = fmt::format("{} is missing or has the wrong type.", reader.failed_at());
  return core::fail(
      core::Error(GraphError::kMalformedJson, {text}).with_field(std::move(reader.failed_at())));
}

}  // namespace graphrail::graph
