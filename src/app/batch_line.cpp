#include "app/batch_line.h"

#include <fmt/format.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value_to.hpp>

#include "api/problems.h"

namespace graphrail::app {
namespace {

namespace json = boost::json;

bool is_id(const json::value* value) {
  if (value == nullptr) return false;
  if (value->is_string()) return !value->get_string().empty();
  return value->is_int64() || value->is_uint64();
}

/// The text of a member, nullptr when it is absent, null or not a text.
const json::string* find_text(const json::object& object, std::string_view name) {
  const json::value* const value = object.if_contains(name);
  return value == nullptr ? nullptr : value->if_string();
}

bool is_wrong_type(const json::object& object, std::string_view name) {
  const json::value* const value = object.if_contains(name);
  return value != nullptr && !value->is_null() && !value->is_string();
}

std::string render_line(json::object object) { return json::serialize(object) + "\n"; }

}  // namespace

std::expected<BatchItem, BatchFault> parse_batch_line(std::string_view line) {
  boost::system::error_code error;
  const json::value parsed = json::parse(line, error);
  if (error) return std::unexpected(BatchFault{nullptr, "not JSON: " + error.message()});
  const json::object* const object = parsed.if_object();
  if (object == nullptr) return std::unexpected(BatchFault{nullptr, "not a JSON object"});
  const json::value* const id = object->if_contains("id");
  if (!is_id(id)) {
    return std::unexpected(BatchFault{nullptr, "`id` must be a text or a whole number"});
  }
  for (const std::string_view name : {"title", "text", "url"}) {
    if (is_wrong_type(*object, name)) {
      return std::unexpected(BatchFault{*id, fmt::format("`{}` must be a text", name)});
    }
  }
  const json::string* const text = find_text(*object, "text");
  const json::string* const url = find_text(*object, "url");
  if (text == nullptr && url == nullptr) {
    return std::unexpected(BatchFault{*id, "`text` or `url` must be given"});
  }
  // Where both stand, the url says where the text comes from.
  BatchItem item{.id = *id, .input = std::string(text != nullptr ? *text : *url)};
  const json::string* const title = find_text(*object, "title");
  if (text != nullptr && title != nullptr && !title->empty()) {
    item.input = std::string(*title) + "\n" + item.input;
  }
  return item;
}

std::string render_result(const json::value& id, const generate::GenerateResult& result) {
  json::object line{{"id", id}};
  for (auto& [name, value] : generate::to_json(result)) line.emplace(name, std::move(value));
  return render_line(std::move(line));
}

std::string render_error(const json::value& id, const core::Error& error) {
  const http::Problem problem = api::to_problem(error);
  json::object body{{"code", problem.error}, {"message", problem.detail}};
  for (const auto& [name, value] : problem.extensions) body.emplace(name, value);
  return render_line({{"id", id}, {"error", std::move(body)}});
}

std::string render_fault(const BatchFault& fault, std::size_t line_number) {
  json::object body{{"code", "invalid_line"},
                    {"message", fmt::format("line {}: {}", line_number, fault.message)},
                    {"line", line_number}};
  return render_line({{"id", fault.id}, {"error", std::move(body)}});
}

std::string resume_key(const json::value& id, std::size_t line_number) {
  return id.is_null() ? fmt::format("line {}", line_number) : json::serialize(id);
}

std::string resume_key(std::string_view line) {
  boost::system::error_code error;
  const json::value parsed = json::parse(line, error);
  const json::object* const object = error ? nullptr : parsed.if_object();
  if (object == nullptr) return {};
  const json::value* const id = object->if_contains("id");
  const json::value* const failure = object->if_contains("error");
  if (id == nullptr || (failure == nullptr && !object->contains("graph"))) return {};
  if (!id->is_null()) return is_id(id) ? resume_key(*id, 0) : std::string();
  const json::object* const body = failure == nullptr ? nullptr : failure->if_object();
  const json::value* const number = body == nullptr ? nullptr : body->if_contains("line");
  if (number == nullptr || !number->is_int64() || number->get_int64() < 1) return {};
  return resume_key(*id, static_cast<std::size_t>(number->get_int64()));
}

}  // namespace graphrail::app
