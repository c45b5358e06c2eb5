#include "app/mock_llm/schema_instance.h"

#include <algorithm>
#include <array>
#include <boost/json/serialize.hpp>
#include <cmath>
#include <cstdint>
#include <string>

namespace graphrail::app::mock_llm {
namespace {

namespace json = boost::json;

constexpr int kMaxLevels = 32;
constexpr int kMaxReferences = 16;
/// Values of one instance; beyond these all are null.
constexpr std::size_t kMaxValues = 10'000;
constexpr std::int64_t kMaxItems = 100;
constexpr std::int64_t kMaxLength = 10'000;

/// A string per format that others would read as one.
struct FormatExample {
  std::string_view format;
  std::string_view value;
};
constexpr std::array kFormatExamples = {
    FormatExample{"date-time", "2026-01-01T00:00:00Z"},
    FormatExample{"date", "2026-01-01"},
    FormatExample{"time", "00:00:00Z"},
    FormatExample{"duration", "PT0S"},
    FormatExample{"email", "someone@example.com"},
    FormatExample{"hostname", "example.com"},
    FormatExample{"ipv4", "192.0.2.1"},
    FormatExample{"ipv6", "2001:db8::1"},
    FormatExample{"uuid", "00000000-0000-4000-8000-000000000000"},
    FormatExample{"uri", "https://example.com/"},
};

std::string_view find_text(const json::object& schema, std::string_view name) {
  const json::value* const value = schema.if_contains(name);
  return value != nullptr && value->is_string() ? std::string_view(value->get_string())
                                                : std::string_view();
}

const json::array* find_list(const json::object& schema, std::string_view name) {
  const json::value* const value = schema.if_contains(name);
  return value != nullptr && value->is_array() && !value->get_array().empty() ? &value->get_array()
                                                                              : nullptr;
}

double find_number(const json::object& schema, std::string_view name, double otherwise) {
  const json::value* const value = schema.if_contains(name);
  return value != nullptr && value->is_number() ? value->to_number<double>() : otherwise;
}

std::size_t find_count(const json::object& schema, std::string_view name, std::int64_t most) {
  const double count = find_number(schema, name, 0);
  return static_cast<std::size_t>(std::clamp(count, 0.0, static_cast<double>(most)));
}

/// The type's name; of several the first that is not null, so that something is to be seen.
std::string_view type_of(const json::object& schema) {
  if (const json::array* const types = find_list(schema, "type")) {
    for (const json::value& type : *types) {
      if (type.is_string() && type.get_string() != "null") return type.get_string();
    }
    return "null";
  }
  const std::string_view type = find_text(schema, "type");
  if (!type.empty()) return type;
  if (schema.contains("properties") || schema.contains("required")) return "object";
  if (schema.contains("items")) return "array";
  return "string";
}

json::value make_number(const json::object& schema, bool is_whole) {
  constexpr double kLargest = 9e15;
  const double least = std::max(find_number(schema, "minimum", -kLargest),
                                find_number(schema, "exclusiveMinimum", -kLargest) + 1);
  const double most = std::min(find_number(schema, "maximum", kLargest),
                               find_number(schema, "exclusiveMaximum", kLargest) - 1);
  double value = std::clamp(0.0, std::min(least, most), std::max(least, most));
  const double step = find_number(schema, "multipleOf", 0);
  if (step > 0) value = std::ceil(value / step) * step;
  value = std::clamp(value, -kLargest, kLargest);
  if (is_whole || value == std::floor(value)) return static_cast<std::int64_t>(std::ceil(value));
  return value;
}

json::value make_string(const json::object& schema) {
  const std::string_view format = find_text(schema, "format");
  const auto* const example = std::ranges::find(kFormatExamples, format, &FormatExample::format);
  std::string text(example == kFormatExamples.end() ? std::string_view() : example->value);
  text.resize(std::max(text.size(), find_count(schema, "minLength", kMaxLength)), 'x');
  return json::value(text);
}

/// Builds one instance; counts what it makes, so that no schema can make it endless.
class InstanceMaker {
 public:
  explicit InstanceMaker(const json::object& root) : root_(root) {}

  json::value make(const json::value* value, int level) {
    const json::object* const schema = resolve_schema(root_, value);
    if (schema == nullptr || ++values_ > kMaxValues || level > kMaxLevels) return nullptr;
    if (const json::value* const only = schema->if_contains("const")) return copy(*only);
    if (const json::array* const choices = find_list(*schema, "enum"))
      return copy(choices->front());
    for (const std::string_view keyword : {"anyOf", "oneOf"}) {
      if (const json::array* const branches = find_list(*schema, keyword)) {
        return make(&choose(*branches, level), level + 1);
      }
    }
    if (const json::array* const all = find_list(*schema, "allOf")) return make_all(*all, level);
    const std::string_view type = type_of(*schema);
    if (type == "object") return make_object(*schema, level);
    if (type == "array") return make_array(*schema, level);
    if (type == "integer") return make_number(*schema, true);
    if (type == "number") return make_number(*schema, false);
    if (type == "boolean") return false;
    if (type == "null") return nullptr;
    return copy(make_string(*schema));
  }

 private:
  /// A long value counts as many.
  json::value copy(const json::value& value) {
    constexpr std::size_t kBytesPerValue = 64;
    values_ += json::serialize(value).size() / kBytesPerValue;
    return value;
  }

  /// The first branch, or null where a recursive schema would go on for ever.
  static const json::value& choose(const json::array& branches, int level) {
    constexpr int kDeep = 4;
    if (level < kDeep) return branches.front();
    for (const json::value& branch : branches) {
      if (branch.is_object() && find_text(branch.get_object(), "type") == "null") return branch;
    }
    return branches.front();
  }

  json::value make_all(const json::array& parts, int level) {
    json::object joined;
    for (const json::value& part : parts) {
      json::value value = make(&part, level + 1);
      if (!value.is_object()) return value;
      for (auto& member : value.get_object()) joined[member.key()] = std::move(member.value());
    }
    return joined;
  }

  json::value make_object(const json::object& schema, int level) {
    json::object object;
    const json::array* const required = find_list(schema, "required");
    const json::value* const properties = schema.if_contains("properties");
    if (required == nullptr) return object;
    // In the order of the properties, as the real server writes them.
    if (properties != nullptr && properties->is_object()) {
      for (const auto& [name, value] : properties->get_object()) {
        const auto is_this = [&name](const json::value& listed) {
          return listed.is_string() && listed.get_string() == name;
        };
        if (std::ranges::any_of(*required, is_this)) object[name] = make(&value, level + 1);
      }
    }
    for (const json::value& name : *required) {
      if (name.is_string() && !object.contains(name.get_string())) {
        object[name.get_string()] = nullptr;
      }
    }
    return object;
  }

  json::value make_array(const json::object& schema, int level) {
    json::array array;
    const json::value* const items = schema.if_contains("items");
    const std::size_t count = find_count(schema, "minItems", kMaxItems);
    for (std::size_t i = 0; i < count && values_ <= kMaxValues; ++i) {
      array.push_back(make(items, level + 1));
    }
    return array;
  }

  const json::object& root_;
  std::size_t values_ = 0;
};

/// The value that a JSON pointer names, "#" and "#/$defs/x".
const json::value* follow(const json::object& root, std::string_view reference) {
  if (!reference.starts_with("#/")) return nullptr;
  const json::object* at = &root;
  reference.remove_prefix(2);
  for (;;) {
    const std::size_t slash = reference.find('/');
    const json::value* const value = at->if_contains(reference.substr(0, slash));
    if (value == nullptr || slash == std::string_view::npos) return value;
    at = value->if_object();
    if (at == nullptr) return nullptr;
    reference.remove_prefix(slash + 1);
  }
}

}  // namespace

const json::object* resolve_schema(const json::object& root, const json::value* value) {
  for (int i = 0; i < kMaxReferences; ++i) {
    const json::object* const schema = value ? value->if_object() : nullptr;
    if (schema == nullptr) return nullptr;
    const std::string_view reference = find_text(*schema, "$ref");
    if (reference.empty()) return schema;
    if (reference == "#") return &root;
    value = follow(root, reference);
  }
  return nullptr;
}

const json::object* find_property(const json::object& root, const json::object* object,
                                  std::string_view name) {
  const json::value* const properties = object ? object->if_contains("properties") : nullptr;
  const json::object* const members = properties ? properties->if_object() : nullptr;
  return members ? resolve_schema(root, members->if_contains(name)) : nullptr;
}

const json::object* find_items(const json::object& root, const json::object* array) {
  return array ? resolve_schema(root, array->if_contains("items")) : nullptr;
}

json::value make_smallest_instance(const json::object& schema) {
  const json::value root(schema);
  return InstanceMaker(root.get_object()).make(&root, 0);
}

}  // namespace graphrail::app::mock_llm
