// Why a request could not be decoded. Each is the client's to mend.
#pragma once

#include <string_view>
#include <system_error>

namespace graphrail::api {

enum class DecodeError {
  /// The content type is not application/json in UTF-8.
  kUnsupportedMediaType = 1,
  /// No body, or nothing but white space.
  kEmptyBody,
  /// The body is not well-formed UTF-8; the message names the place.
  kInvalidUtf8,
  /// The body is not JSON; the message names the place.
  kInvalidJson,
  /// Arrays and objects nest too deep.
  kTooDeep,
  /// JSON, but not an object.
  kNotAnObject,
  /// A required member is absent; the error's field names it.
  kMissingMember,
  /// A member stands twice, so that two readers could disagree; the error's field names it.
  kDuplicateMember,
  /// A member's value is of another type; the error's field names it.
  kWrongType,
  /// A member's value is not one of those allowed; the error's field names it.
  kValueNotAllowed,
};

[[nodiscard]] std::error_code make_error_code(DecodeError error) noexcept;

/// The `reason` member of the problem: `wrong_type`, `invalid_json`.
[[nodiscard]] std::string_view reason_of(DecodeError error) noexcept;

}  // namespace graphrail::api

template <>
struct std::is_error_code_enum<graphrail::api::DecodeError> : std::true_type {};
