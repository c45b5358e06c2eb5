// graphrail.toml: flat `key = value` lines in TOML 1.0, keys in lower snake case. Pure function of
// the text; which keys exist is decided by resolve.h.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "config/fault.h"

namespace graphrail::config {

struct TomlEntry {
  std::string key;
  /// The value as the other layers would write it: 8000 -> "8000", true -> "true".
  std::string value;
  enum class Kind { kText, kNumber, kToggle, kOther } kind = Kind::kOther;
  /// Counted from 1.
  std::size_t line = 0;
};

struct TomlFile {
  std::vector<TomlEntry> entries;
  /// At most one: the parser stops at the first syntax error.
  Faults faults;
};

[[nodiscard]] TomlFile parse_toml_file(std::string_view text, std::string_view file_name);

}  // namespace graphrail::config
