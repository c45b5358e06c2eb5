// Error codes of the extract room, the same for every engine.
#pragma once

#include <system_error>

namespace graphrail::extract {

enum class ExtractError {
  /// The engine does not know the schema that was asked for.
  kSchemaUnsupported = 1,
};

[[nodiscard]] std::error_code make_error_code(ExtractError error) noexcept;

}  // namespace graphrail::extract

template <>
struct std::is_error_code_enum<graphrail::extract::ExtractError> : std::true_type {};
