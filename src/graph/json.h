// The graph in the HTTP contract's JSON, both ways.
#pragma once

#include <boost/json/value.hpp>
#include <string>

#include "core/result.h"
#include "graph/graph.h"

namespace graphrail::graph {

enum class GraphError {
  /// The JSON does not have the contract's shape; the error's field names the member.
  kMalformedJson = 1,
};
[[nodiscard]] std::error_code make_error_code(GraphError error) noexcept;

/// {"nodes":[{id,label,type,aliases,properties}],"edges":[{source,target,relationship,evidence}]}
[[nodiscard]] boost::json::object to_json(const Graph& graph);
[[nodiscard]] boost::json::object to_json(const Node& node);
[[nodiscard]] boost::json::object to_json(const Edge& edge);
[[nodiscard]] boost::json::object to_json(const Warning& warning);

/// What boost::json::serialize makes of to_json, without the tree in between.
[[nodiscard]] std::string to_json_text(const Graph& graph);

/// Reads what to_json wrote. Fails with GraphError::kMalformedJson.
[[nodiscard]] core::Result<Graph> graph_from_json(const boost::json::value& json);

}  // namespace graphrail::graph

template <>
struct std::is_error_code_enum<graphrail::graph::GraphError> : std::true_type {};
