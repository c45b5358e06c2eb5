// The top level of a JSON object: names and values of its members, with containers known by kind
// only. Enough to decode a request, in one pass, without building what lies deeper. Pure.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace graphrail::api {

enum class JsonKind { kNull, kBoolean, kNumber, kString, kArray, kObject };

/// "a string", "a boolean": how a message names the kind.
[[nodiscard]] std::string_view describe(JsonKind kind) noexcept;

struct JsonMember {
  std::string name;
  JsonKind kind = JsonKind::kNull;
  /// The value of a string, unescaped; empty for other kinds.
  std::string text;
  /// The value of a boolean.
  bool flag = false;
};

/// Arrays and objects may nest this deep, the object itself included.
inline constexpr std::size_t kMaximumJsonDepth = 32;

/// Reads a JSON text (RFC 8259) that must be an object, members in their order, names as often as
/// they stand. Fails with DecodeError::kEmptyBody, kInvalidUtf8, kInvalidJson, kTooDeep or
/// kNotAnObject; the message names line, column (code points, from 1) and byte (from 0) of the
/// fault. Linear in the size of `body`.
[[nodiscard]] core::Result<std::vector<JsonMember>> read_json_members(std::string_view body);

}  // namespace graphrail::api
