#include "cases/case_file.h"

#include <boost/json.hpp>
#include <fstream>
#include <stdexcept>

namespace graphrail::cases {

namespace json = boost::json;

std::vector<Case> read_cases(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::vector<Case> cases;
  for (std::string line; std::getline(file, line);) {
    if (!line.empty()) cases.push_back(json::parse(line).as_object());
  }
  return cases;
}

std::string to_json_line(const CaseResult& result) {
  const json::object line{{"id", result.id}, {"pass", result.pass}, {"got", result.got}};
  return json::serialize(line);
}

std::string text_or(const Case& item, std::string_view key, std::string_view fallback) {
  const json::value* value = item.if_contains(key);
  const bool is_text = value != nullptr && value->is_string();
  return std::string(is_text ? std::string_view(value->get_string()) : fallback);
}

double number_or(const Case& item, std::string_view key, double fallback) {
  const json::value* value = item.if_contains(key);
  return value != nullptr && value->is_number() ? value->to_number<double>() : fallback;
}

bool flag_or(const Case& item, std::string_view key, bool fallback) {
  const json::value* value = item.if_contains(key);
  return value != nullptr && value->is_bool() ? value->get_bool() : fallback;
}

const json::object* object_at(const Case& item, std::string_view key) {
  const json::value* value = item.if_contains(key);
  return value != nullptr ? value->if_object() : nullptr;
}

const json::array* array_at(const Case& item, std::string_view key) {
  const json::value* value = item.if_contains(key);
  return value != nullptr ? value->if_array() : nullptr;
}

std::vector<std::string> strings(const json::array& array) {
  std::vector<std::string> out;
  for (const json::value& value : array) out.emplace_back(std::string_view(value.as_string()));
  return out;
}

}  // namespace graphrail::cases
