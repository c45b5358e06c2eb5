#include "extract/model/element.h"

#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "core/utf8.h"

namespace graphrail::extract::model {
namespace {

namespace json = boost::json;

/// The tree of one element, in memory of its own: it is gone before the next is read.
class ParsedElement {
 public:
  explicit ParsedElement(std::string_view text) {
    boost::system::error_code failed;
    value_ = json::parse(text, failed, &memory_);
    if (!failed) object_ = value_.if_object();
  }
  ParsedElement(const ParsedElement&) = delete;
  ParsedElement& operator=(const ParsedElement&) = delete;

  /// Null when the text is no object.
  [[nodiscard]] const json::object* object() const noexcept { return object_; }

 private:
  static constexpr std::size_t kOrdinaryBytes = 4096;

  std::array<unsigned char, kOrdinaryBytes> buffer_;
  json::monotonic_resource memory_{buffer_.data(), buffer_.size()};
  json::value value_ = json::value(json::storage_ptr(&memory_));
  const json::object* object_ = nullptr;
};

std::string trimmed(std::string_view text, std::size_t max_chars) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kSpace);
  if (first == std::string_view::npos) return {};
  text = text.substr(first, text.find_last_not_of(kSpace) + 1 - first);
  return std::string(core::prefix_code_points(text, max_chars));
}

/// Text as it is, numbers and booleans as they are written; empty for anything else.
std::string as_text(const json::value& value, std::size_t max_chars) {
  if (value.is_string()) return trimmed(value.get_string(), max_chars);
  if (value.is_number() || value.is_bool()) return json::serialize(value);
  return {};
}

std::string find_text(const json::object& object, std::string_view name, std::size_t max_chars) {
  const json::value* value = object.if_contains(name);
  return value == nullptr ? std::string() : as_text(*value, max_chars);
}

/// The first of several names for one member: models without a strict schema choose their own.
std::string find_text_under(const json::object& object,
                            std::initializer_list<std::string_view> names, std::size_t max_chars) {
  for (const std::string_view name : names) {
    std::string text = find_text(object, name, max_chars);
    if (!text.empty()) return text;
  }
  return {};
}

/// A list of texts; one text stands for a list of one, objects for their member "quote".
std::vector<std::string> find_texts(const json::object& object, std::string_view name,
                                    std::size_t max_chars) {
  std::vector<std::string> texts;
  const json::value* value = object.if_contains(name);
  if (value == nullptr) return texts;
  const auto add = [&texts, max_chars](const json::value& item) {
    std::string text = item.is_object() ? find_text(item.get_object(), "quote", max_chars)
                                        : as_text(item, max_chars);
    if (!text.empty() && texts.size() < kMaxListItems) texts.push_back(std::move(text));
  };
  if (const json::array* items = value->if_array()) {
    for (const json::value& item : *items) add(item);
  } else {
    add(*value);
  }
  return texts;
}

json::object find_properties(const json::object& object) {
  json::object properties;
  const json::value* value = object.if_contains("properties");
  if (value == nullptr) return properties;
  const auto add = [&properties](std::string_view name, std::string text) {
    const bool fits = !name.empty() && !text.empty() && properties.size() < kMaxListItems;
    if (fits) properties.emplace(name, std::move(text));
  };
  if (const json::array* list = value->if_array()) {
    for (const json::value& item : *list) {
      const json::object* pair = item.if_object();
      if (pair == nullptr) continue;
      add(find_text(*pair, "name", kMaxNameChars), find_text(*pair, "value", kMaxQuoteChars));
    }
  } else if (const json::object* map = value->if_object()) {
    for (const auto& member : *map) add(member.key(), as_text(member.value(), kMaxQuoteChars));
  }
  return properties;
}

std::string upper_snake(std::string_view phrase) {
  std::string folded;
  for (const char c : phrase) {
    if (c >= 'a' && c <= 'z') {
      folded += static_cast<char>(c - 'a' + 'A');
    } else if (c == ' ' || c == '-') {
      if (!folded.empty() && folded.back() != '_') folded += '_';
    } else {
      folded += c;
    }
  }
  return folded;
}

}  // namespace

std::optional<graph::Node> read_node(std::string_view text) {
  const ParsedElement element(text);
  const json::object* const object = element.object();
  if (object == nullptr) return std::nullopt;
  graph::Node node;
  node.id = find_text(*object, "id", kMaxNameChars);
  node.label = find_text_under(*object, {"label", "name"}, kMaxNameChars);
  node.type = find_text(*object, "type", kMaxNameChars);
  if (node.id.empty() || node.label.empty() || node.type.empty()) return std::nullopt;
  node.aliases = find_texts(*object, "aliases", kMaxNameChars);
  node.properties = find_properties(*object);
  return node;
}

std::optional<WrittenEdge> read_edge(std::string_view text) {
  const ParsedElement element(text);
  const json::object* const object = element.object();
  if (object == nullptr) return std::nullopt;
  WrittenEdge edge;
  edge.source = find_text_under(*object, {"source", "from"}, kMaxNameChars);
  edge.target = find_text_under(*object, {"target", "to"}, kMaxNameChars);
  edge.relationship =
      upper_snake(find_text_under(*object, {"relationship", "relation", "type"}, kMaxNameChars));
  if (edge.source.empty() || edge.target.empty() || edge.relationship.empty()) return std::nullopt;
  for (const std::string_view name : {"evidence", "quotes", "quote"}) {
    if (edge.quotes.empty()) edge.quotes = find_texts(*object, name, kMaxQuoteChars);
  }
  return edge;
}

}  // namespace graphrail::extract::model
