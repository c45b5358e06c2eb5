// `graphrail generate`: one text to a graph on standard output, or a batch of them.
#pragma once

#include "app/command_line.h"
#include "app/exit_code.h"
#include "config/settings.h"

namespace graphrail::app {

[[nodiscard]] ExitCode run_generate(const GenerateCommand& command,
                                    const config::Settings& settings);

}  // namespace graphrail::app
