// Help texts made from the command table: examples first, flags grouped, exit codes at the end.
#pragma once

#include <string>

#include "app/command_table.h"

namespace graphrail::app {

/// What `graphrail` and `graphrail --help` print.
[[nodiscard]] std::string render_help();
/// What `graphrail <command> --help` prints.
[[nodiscard]] std::string render_help(const CommandSpec& command);

}  // namespace graphrail::app
