// Files and streams of the command line, blocking. "-" stands for standard input.
#pragma once

#include <cstddef>
#include <istream>
#include <string>
#include <string_view>

#include "core/result.h"

namespace graphrail::app {

/// All bytes of a file or of standard input. Fails with AppError::kCannotRead, and with
/// kInputTooLarge above `limit_bytes`.
[[nodiscard]] core::Result<std::string> read_input(const std::string& path,
                                                   std::size_t limit_bytes);

/// Writes all of `text`, however the system splits it. Fails with AppError::kCannotWrite.
[[nodiscard]] core::Result<void> write_all(int descriptor, std::string_view text);

/// Replaces the file's content. Fails with AppError::kCannotWrite.
[[nodiscard]] core::Result<void> write_file(const std::string& path, std::string_view text);

/// One line of a stream.
struct Line {
  /// Without the line break; cut at the limit.
  std::string text;
  bool is_too_long = false;
  /// False for a last line that the file ends in the middle of.
  bool has_end = false;
  /// Bytes consumed, line break included.
  std::size_t bytes = 0;
};

/// Reads the next line and keeps at most `limit_bytes` of it; false at the end of the stream.
[[nodiscard]] bool read_line(std::istream& stream, std::size_t limit_bytes, Line& line);

}  // namespace graphrail::app
