#include "page/structured_data.h"

#include <boost/json.hpp>

#include "page/ascii.h"

namespace graphrail::page {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxObjects = 2000;

std::string_view string_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr) return {};
  const json::string* text = value->if_string();
  return text == nullptr ? std::string_view() : std::string_view(*text);
}

std::optional<bool> flag_of(const json::object& object, std::string_view name) {
  const json::value* value = object.if_contains(name);
  if (value == nullptr) return std::nullopt;
  if (const bool* flag = value->if_bool()) return *flag;
  if (!value->is_string()) return std::nullopt;
  const std::string_view text = value->get_string();
  if (contains_ignoring_case(text, "false")) return false;
  if (contains_ignoring_case(text, "true")) return true;
  return std::nullopt;
}

bool is_document(const json::object& object) {
  const auto names_document = [](const json::value& type) {
    if (!type.is_string()) return false;
    const std::string_view name = type.get_string();
    return name.ends_with("Article") || name.ends_with("Posting") || name == "Report" ||
           name == "Review" || name == "Recipe" || name == "ClaimReview";
  };
  const json::value* type = object.if_contains("@type");
  if (type == nullptr) return false;
  if (!type->is_array()) return names_document(*type);
  for (const json::value& one : type->get_array()) {
    if (names_document(one)) return true;
  }
  return false;
}

void set_once(std::string& target, std::string_view value) {
  if (target.empty()) target = value;
}

void read_document(const json::object& object, StructuredData& data) {
  set_once(data.headline, string_of(object, "headline"));
  set_once(data.date_published, string_of(object, "datePublished"));
  const json::value* publisher = object.if_contains("publisher");
  if (publisher != nullptr && publisher->is_object()) {
    set_once(data.publisher, string_of(publisher->get_object(), "name"));
  }
}

class Visitor {
 public:
  explicit Visitor(StructuredData& data) : data_(data) {}

  void visit(const json::value& value) {
    if (++visited_ > kMaxObjects) return;
    if (const json::array* array = value.if_array()) {
      for (const json::value& one : *array) visit(one);
    } else if (const json::object* object = value.if_object()) {
      const auto is_free = flag_of(*object, "isAccessibleForFree");
      if (is_free && !data_.is_accessible_for_free) data_.is_accessible_for_free = is_free;
      if (is_document(*object)) read_document(*object, data_);
      for (const auto& member : *object) {
        if (member.value().is_object() || member.value().is_array()) visit(member.value());
      }
    }
  }

 private:
  StructuredData& data_;
  std::size_t visited_ = 0;
};

}  // namespace

void read_structured_data(std::string_view json_text, StructuredData& data) {
  json::parse_options options;
  options.allow_comments = true;
  options.allow_trailing_commas = true;
  boost::system::error_code broken;
  const json::value value = json::parse(
      json_text, broken, json::make_shared_resource<json::monotonic_resource>(), options);
  if (!broken) Visitor(data).visit(value);
}

}  // namespace graphrail::page
