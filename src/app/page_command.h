// `graphrail page`: the main text of an address, of an HTML file, or of a folder of them.
#pragma once

#include "app/command_line.h"
#include "app/exit_code.h"
#include "config/settings.h"

namespace graphrail::app {

[[nodiscard]] ExitCode run_page(const PageCommand& command, const config::Settings& settings);

}  // namespace graphrail::app
