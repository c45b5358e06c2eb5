// Which node types and relations a graph may use, and between which types. The tables are data:
// adding a relation is one line in schema.cpp.
#pragma once

#include <span>
#include <string_view>

namespace graphrail::graph {

/// A relation with the types it may connect. An empty type list means any node type.
struct RelationRule {
  std::string_view name;
  std::span<const std::string_view> sources;
  std::span<const std::string_view> targets;
};

struct Schema {
  std::string_view name;
  std::span<const std::string_view> node_types;
  std::span<const RelationRule> relations;
  /// True when relations are free upper-snake verb phrases between any types (general schema).
  bool free_relations = false;

  [[nodiscard]] bool allows_node_type(std::string_view type) const noexcept;
  /// True when the schema knows `relationship` at all, whatever it connects.
  [[nodiscard]] bool allows_relation(std::string_view relationship) const noexcept;
  /// True when `relationship` may lead from a node of `source_type` to one of `target_type`.
  [[nodiscard]] bool allows_edge(std::string_view relationship, std::string_view source_type,
                                 std::string_view target_type) const noexcept;
};

/// Investors, projects, rounds, narratives and people (design of funding announcements).
[[nodiscard]] const Schema& venture_schema() noexcept;
/// Person, Organization, Place, Event, Product, Work, Concept, Date; free relations.
[[nodiscard]] const Schema& general_schema() noexcept;
/// By name ("venture", "general"), nullptr when unknown.
[[nodiscard]] const Schema* find_schema(std::string_view name) noexcept;

}  // namespace graphrail::graph
