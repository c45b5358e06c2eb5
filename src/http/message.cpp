#include "http/message.h"

#include <algorithm>

namespace graphrail::http {
namespace {

char to_lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; }

}  // namespace

bool equal_field_names(std::string_view left, std::string_view right) noexcept {
  if (left.size() != right.size()) return false;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i] != right[i] && to_lower(left[i]) != to_lower(right[i])) return false;
  }
  return true;
}

std::string_view to_string(Method method) noexcept {
  switch (method) {
    case Method::kGet:
      return "GET";
    case Method::kHead:
      return "HEAD";
    case Method::kPost:
      return "POST";
    case Method::kPut:
      return "PUT";
    case Method::kPatch:
      return "PATCH";
    case Method::kDelete:
      return "DELETE";
    case Method::kOptions:
      return "OPTIONS";
    case Method::kOther:
      break;
  }
  return "OTHER";
}

FieldBlock::FieldBlock(List fields) : list_(std::move(fields)) {
  for (const auto& [name, value] : list_) wire_ += name + ": " + value + "\r\n";
}

void Fields::set(std::string name, std::string value) {
  std::erase_if(list_, [&](const auto& field) { return equal_field_names(field.first, name); });
  add(std::move(name), std::move(value));
}

std::string_view Fields::get(std::string_view name) const noexcept {
  for (const auto& [field, value] : list_) {
    if (equal_field_names(field, name)) return value;
  }
  if (!block_) return {};
  for (const auto& [field, value] : block_->list()) {
    if (equal_field_names(field, name)) return value;
  }
  return {};
}

bool Fields::has(std::string_view name) const noexcept {
  const auto is_named = [&](const auto& field) { return equal_field_names(field.first, name); };
  return std::ranges::any_of(list_, is_named) ||
         (block_ && std::ranges::any_of(block_->list(), is_named));
}

std::vector<std::string_view> Fields::get_all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [field, value] : list_) {
    if (equal_field_names(field, name)) values.push_back(value);
  }
  if (!values.empty() || !block_) return values;
  for (const auto& [field, value] : block_->list()) {
    if (equal_field_names(field, name)) values.push_back(value);
  }
  return values;
}

std::vector<std::string_view> SecretFields::get_all(std::string_view name) const {
  std::vector<std::string_view> values;
  for (const auto& [field, value] : list_) {
    if (equal_field_names(field, name)) values.push_back(value.reveal());
  }
  return values;
}

std::string_view Request::path_parameter(std::string_view name) const noexcept {
  for (const auto& [parameter, value] : path_parameters) {
    if (parameter == name) return value;
  }
  return {};
}

void Request::clear() noexcept {
  constexpr std::size_t kKeptBodyBytes = 4096;
  method = Method::kOther;
  path.clear();
  query.clear();
  headers.clear();
  secrets.clear();
  body.clear();
  if (body.capacity() > kKeptBodyBytes) body = std::string();
  peer = boost::asio::ip::address();
  request_id.clear();
  path_parameters.clear();
  route = {};
  note.reset();
  client.reset();
}

Response make_response(int status, std::string content_type, std::string body) {
  Response response;
  response.status = status;
  response.headers.add("Content-Type", std::move(content_type));
  response.body = std::move(body);
  return response;
}

}  // namespace graphrail::http
