#include "api/json_members.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>
#include <utility>

#include "api/decode_error.h"
#include "core/utf8.h"

namespace graphrail::api {
namespace {

namespace json = boost::json;
using json::error_code;
using json::string_view;

/// Receives the parser's events and keeps those of the outermost object.
class TopLevelHandler {
 public:
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);

  std::vector<JsonMember> members;
  bool is_object = false;

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) {
    if (depth_ == 0) is_object = true;
    return open(JsonKind::kObject);
  }
  bool on_object_end(std::size_t, error_code&) { return close(); }
  bool on_array_begin(error_code&) { return open(JsonKind::kArray); }
  bool on_array_end(std::size_t, error_code&) { return close(); }
  bool on_key_part(string_view part, std::size_t, error_code&) {
    if (depth_ == 1) name_.append(part.data(), part.size());
    return true;
  }
  bool on_key(string_view part, std::size_t, error_code&) {
    if (depth_ != 1) return true;
    name_.append(part.data(), part.size());
    members.push_back({std::exchange(name_, {}), JsonKind::kNull, {}, false});
    return true;
  }
  bool on_string_part(string_view part, std::size_t, error_code&) { return append(part); }
  bool on_string(string_view part, std::size_t, error_code&) {
    set_kind(JsonKind::kString);
    return append(part);
  }
  bool on_number_part(string_view, error_code&) { return true; }
  bool on_int64(std::int64_t, string_view, error_code&) { return set_kind(JsonKind::kNumber); }
  bool on_uint64(std::uint64_t, string_view, error_code&) { return set_kind(JsonKind::kNumber); }
  bool on_double(double, string_view, error_code&) { return set_kind(JsonKind::kNumber); }
  bool on_bool(bool flag, error_code&) {
    if (holds_member()) members.back().flag = flag;
    return set_kind(JsonKind::kBoolean);
  }
  bool on_null(error_code&) { return set_kind(JsonKind::kNull); }
  bool on_comment_part(string_view, error_code&) { return true; }
  bool on_comment(string_view, error_code&) { return true; }

 private:
  /// True when the value at hand belongs to a member of the outermost object.
  bool holds_member() const noexcept { return is_object && depth_ == 1; }
  bool set_kind(JsonKind kind) {
    if (holds_member()) members.back().kind = kind;
    return true;
  }
  bool append(string_view part) {
    if (holds_member()) members.back().text.append(part.data(), part.size());
    return true;
  }
  bool open(JsonKind kind) {
    set_kind(kind);
    ++depth_;
    return true;
  }
  bool close() {
    --depth_;
    return true;
  }

  std::size_t depth_ = 0;
  std::string name_;
};

/// "line 2, column 7 (byte 31)" for a byte offset into well-formed text.
std::string describe_position(std::string_view body, std::size_t offset) {
  const std::string_view before = body.substr(0, offset);
  const auto line = 1 + std::ranges::count(before, '\n');
  const auto line_start = before.rfind('\n') + 1;  // npos + 1 is 0: the first line
  const auto column = 1 + core::count_code_points(before.substr(line_start));
  return fmt::format("line {}, column {} (byte {})", line, column, offset);
}

std::unexpected<core::Error> fail_at(DecodeError error, std::string_view what,
                                     std::string_view body, std::size_t offset) {
  return core::fail(error, {fmt::format("{} at {}.", what, describe_position(body, offset))});
}

}  // namespace

std::string_view describe(JsonKind kind) noexcept {
  switch (kind) {
    case JsonKind::kNull:
      return "null";
    case JsonKind::kBoolean:
      return "a boolean";
    case JsonKind::kNumber:
      return "a number";
    case JsonKind::kString:
      return "a string";
    case JsonKind::kArray:
      return "an array";
    case JsonKind::kObject:
      return "an object";
  }
  return "a value";
}

core::Result<std::vector<JsonMember>> read_json_members(std::string_view body) {
  constexpr std::string_view kBlank = " \t\r\n";
  if (body.find_first_not_of(kBlank) == std::string_view::npos) {
    return core::fail(DecodeError::kEmptyBody,
                      {"The body is empty; send a JSON object with a member \"input\"."});
  }
  if (const auto offset = core::find_invalid_utf8(body); offset != std::string_view::npos) {
    return fail_at(DecodeError::kInvalidUtf8, "The body is not valid UTF-8", body.substr(0, offset),
                   offset);
  }
  json::parse_options options;
  options.max_depth = kMaximumJsonDepth;
  json::basic_parser<TopLevelHandler> parser(options);
  error_code error;
  const std::size_t consumed = parser.write_some(false, body.data(), body.size(), error);
  if (error == json::error::too_deep) {
    const auto what = fmt::format("The body nests deeper than {} levels", kMaximumJsonDepth);
    return fail_at(DecodeError::kTooDeep, what, body, consumed);
  }
  if (error == json::error::incomplete) {
    return fail_at(DecodeError::kInvalidJson, "The body is not valid JSON: it ends too early", body,
                   consumed);
  }
  if (error)
    return fail_at(DecodeError::kInvalidJson, "The body is not valid JSON", body, consumed);
  const auto rest = body.find_first_not_of(kBlank, consumed);
  if (rest != std::string_view::npos) {
    return fail_at(DecodeError::kInvalidJson,
                   "The body is not valid JSON: something follows the value", body, rest);
  }
  if (!parser.handler().is_object) {
    return core::fail(DecodeError::kNotAnObject, {"The body must be a JSON object."});
  }
  return std::move(parser.handler().members);
}

}  // namespace graphrail::api
