#include "app/mock_llm/strict_schema.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace graphrail::app::mock_llm {
namespace {

namespace json = boost::json;

using Objection = std::optional<std::string>;
using Path = std::vector<std::string>;

/// Levels of nesting that the real server takes.
constexpr std::size_t kMaxLevels = 64;

constexpr std::array<std::string_view, 8> kForbidden = {"allOf",
                                                        "not",
                                                        "if",
                                                        "then",
                                                        "else",
                                                        "dependentRequired",
                                                        "dependentSchemas",
                                                        "patternProperties"};

Objection object_to(const json::value& schema, const Path& path);

std::string in_context(const Path& path) {
  std::string names;
  for (const std::string& name : path) names += fmt::format("'{}', ", name);
  if (path.size() > 1) names.resize(names.size() - 2);
  if (path.size() == 1) names.pop_back();
  return fmt::format("In context=({})", names);
}

Path below(const Path& path, std::string_view keyword, std::string_view name = {}) {
  Path longer = path;
  longer.emplace_back(keyword);
  if (!name.empty()) longer.emplace_back(name);
  return longer;
}

bool is_listed(const json::array& names, std::string_view name) {
  return std::ranges::any_of(names, [name](const json::value& value) {
    return value.is_string() && value.get_string() == name;
  });
}

Objection object_to_object(const json::object& schema, const json::object& properties,
                           const Path& path) {
  const json::value* const additional = schema.if_contains("additionalProperties");
  if (additional == nullptr || !additional->is_bool() || additional->get_bool()) {
    return fmt::format("{}, 'additionalProperties' is required to be supplied and to be false.",
                       in_context(path));
  }
  const json::value* const required = schema.if_contains("required");
  for (const auto& [name, value] : properties) {
    if (required == nullptr || !required->is_array() || !is_listed(required->get_array(), name)) {
      return fmt::format(
          "{}, 'required' is required to be supplied and to be an array including every key in "
          "properties. Missing '{}'.",
          in_context(path), std::string_view(name));
    }
    if (Objection objection = object_to(value, below(path, "properties", name))) return objection;
  }
  return std::nullopt;
}

Objection object_to_parts(const json::object& schema, const Path& path) {
  if (const json::value* const items = schema.if_contains("items")) {
    if (Objection objection = object_to(*items, below(path, "items"))) return objection;
  }
  const json::value* const branches = schema.if_contains("anyOf");
  if (branches != nullptr && branches->is_array()) {
    std::size_t index = 0;
    for (const json::value& branch : branches->get_array()) {
      const Path branch_path = below(path, "anyOf", std::to_string(index++));
      if (Objection objection = object_to(branch, branch_path)) return objection;
    }
  }
  for (const std::string_view keyword : {"$defs", "definitions"}) {
    const json::value* const definitions = schema.if_contains(keyword);
    if (definitions == nullptr || !definitions->is_object()) continue;
    for (const auto& [name, value] : definitions->get_object()) {
      if (Objection objection = object_to(value, below(path, keyword, name))) return objection;
    }
  }
  return std::nullopt;
}

Objection object_to(const json::value& value, const Path& path) {
  const json::object* const schema = value.if_object();
  if (schema == nullptr) return fmt::format("{}, schema must be an object.", in_context(path));
  if (path.size() > kMaxLevels) return fmt::format("{}, too many levels.", in_context(path));
  for (const std::string_view keyword : kForbidden) {
    if (schema->contains(keyword)) {
      return fmt::format("{}, '{}' is not permitted.", in_context(path), keyword);
    }
  }
  const json::value* const properties = schema->if_contains("properties");
  const json::value* const type = schema->if_contains("type");
  const bool is_object = type != nullptr && type->is_string() && type->get_string() == "object";
  if (is_object || properties != nullptr) {
    const json::object none;
    const json::object* const members = properties ? properties->if_object() : &none;
    if (members == nullptr) return fmt::format("{}, wrong 'properties'.", in_context(path));
    if (Objection objection = object_to_object(*schema, *members, path)) return objection;
  }
  return object_to_parts(*schema, path);
}

}  // namespace

Objection object_to_strict_schema(const json::object& schema) {
  const json::value* const type = schema.if_contains("type");
  if (schema.contains("anyOf") || type == nullptr || !type->is_string() ||
      type->get_string() != "object") {
    return "schema must be a JSON Schema of 'type: \"object\"'.";
  }
  return object_to(schema, {});
}

}  // namespace graphrail::app::mock_llm
