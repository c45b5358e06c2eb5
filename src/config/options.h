// The option table: every setting of the program, one line each. A new setting is a member of
// Settings and a line here; flag, environment name, graphrail.toml key, help and documentation
// follow from it. An option stands here only when something reads it.
#pragma once

#include <span>

#include "config/option.h"

namespace graphrail::config {

/// In the order of documentation, grouped by topic.
[[nodiscard]] std::span<const Option> option_table() noexcept;

}  // namespace graphrail::config
