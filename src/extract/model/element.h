// One element of a model's answer as a value. Reading is tolerant of what servers without strict
// schemas vary (a property map instead of a list, one quote instead of several) and strict about
// size: what a model writes is not trusted. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "graph/graph.h"

namespace graphrail::extract::model {

/// Longest label or alias, in code points; most aliases, properties and quotes of one element.
inline constexpr std::size_t kMaxNameChars = 200;
inline constexpr std::size_t kMaxListItems = 24;
/// Longest quote or property value, in code points.
inline constexpr std::size_t kMaxQuoteChars = 2'000;

/// An edge as it was written: ids are the answer's own, quotes are claims.
struct WrittenEdge {
  std::string source;
  std::string target;
  std::string relationship;
  std::vector<std::string> quotes;
};

/// {id, label|name, type, aliases, properties}; nothing when it is no such object, or without an
/// id, a label or a type. Property values stay text. `aliases` and `properties` may be absent.
[[nodiscard]] std::optional<graph::Node> read_node(std::string_view json);

/// {source|from, target|to, relationship|relation|type, evidence|quotes|quote}; nothing likewise.
/// The relationship is folded to upper snake case ("invested in" -> "INVESTED_IN").
[[nodiscard]] std::optional<WrittenEdge> read_edge(std::string_view json);

}  // namespace graphrail::extract::model
