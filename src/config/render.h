// The option table for people: what `graphrail config` prints, and docs/configuration.md.
#pragma once

#include <span>
#include <string>

#include "config/resolve.h"

namespace graphrail::config {

/// One aligned line per option: NAME, value, source. A secret shows as "********" or "(not set)".
[[nodiscard]] std::string render_values(std::span<const ResolvedValue> values);

/// The reference page, generated so that it cannot go stale.
[[nodiscard]] std::string render_markdown(std::span<const Option> table);

}  // namespace graphrail::config
