// Error codes of the command line's own work: files that cannot be read, written or resumed.
#pragma once

#include <system_error>

namespace graphrail::app {

enum class AppError {
  /// The input file cannot be opened or read.
  kCannotRead = 1,
  /// The input is larger than any text this program reads.
  kInputTooLarge,
  /// The output file cannot be opened or written.
  kCannotWrite,
  /// The output file holds something that a batch has not written.
  kForeignOutput,
  /// Another batch writes to the same file now.
  kOutputInUse,
};

[[nodiscard]] std::error_code make_error_code(AppError error) noexcept;

}  // namespace graphrail::app

template <>
struct std::is_error_code_enum<graphrail::app::AppError> : std::true_type {};
