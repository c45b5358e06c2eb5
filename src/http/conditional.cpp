#include "http/conditional.h"

#include <array>
#include <string>
#include <utility>

namespace graphrail::http {
namespace {

/// Fields about a body that is not sent with a 304.
constexpr std::array<std::string_view, 5> kBodyFields{
    "Content-Type", "Content-Encoding", "Content-Language", "Content-Range", "Content-Length"};

std::string_view opaque_part(std::string_view etag) noexcept {
  return etag.starts_with("W/") ? etag.substr(2) : etag;
}

bool is_body_field(std::string_view name) noexcept {
  for (const std::string_view field : kBodyFields) {
    if (equal_field_names(name, field)) return true;
  }
  return false;
}

}  // namespace

bool matches_if_none_match(std::string_view if_none_match, std::string_view etag) noexcept {
  if (if_none_match == "*") return true;
  const std::string_view wanted = opaque_part(etag);
  // An entity tag is a quoted string without quotes inside, but it may hold commas.
  std::size_t open = if_none_match.find('"');
  while (open != std::string_view::npos) {
    const std::size_t close = if_none_match.find('"', open + 1);
    if (close == std::string_view::npos) return false;
    if (if_none_match.substr(open, close - open + 1) == wanted) return true;
    open = if_none_match.find('"', close + 1);
  }
  return false;
}

void apply_if_none_match(const Request& request, Response& response) {
  if (response.status != 200 || response.stream) return;
  if (request.method != Method::kGet && request.method != Method::kHead) return;
  const std::string_view etag = response.headers.get("ETag");
  const std::string_view condition = request.headers.get("If-None-Match");
  if (etag.empty() || condition.empty() || !matches_if_none_match(condition, etag)) return;
  Response not_modified;
  not_modified.status = 304;
  for (const auto& [name, value] : response.headers.list()) {
    if (!is_body_field(name)) not_modified.headers.add(name, value);
  }
  response = std::move(not_modified);
}

}  // namespace graphrail::http
