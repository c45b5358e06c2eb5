// The `.env` file: KEY=VALUE lines as other tools write them. Values are literal: no $NAME is
// replaced, no command is run. Pure function of the text.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "config/fault.h"

namespace graphrail::config {

struct DotenvEntry {
  std::string key;
  std::string value;
  /// Counted from 1.
  std::size_t line = 0;
};

struct Dotenv {
  /// In file order; a key may repeat, the last one counts.
  std::vector<DotenvEntry> entries;
  Faults faults;
};

/// Reads `text`, called `file_name` in faults. Per line: optional `export`, KEY, `=`, then a bare
/// value (ends at " #"), a 'literal' one, or a "quoted" one with \n \r \t \" \\. Blank lines and
/// lines starting with # are skipped; a byte order mark and CRLF are tolerated.
[[nodiscard]] Dotenv parse_dotenv(std::string_view text, std::string_view file_name);

}  // namespace graphrail::config
