// `graphrail mock-llm`: a server that speaks OpenAI's API and answers with the rules engine.
#pragma once

#include "app/command_line.h"
#include "app/exit_code.h"
#include "config/settings.h"

namespace graphrail::app {

/// Blocks until SIGTERM or SIGINT. Running answers get a second; a second signal ends the process
/// at once.
[[nodiscard]] ExitCode run_mock_llm(const MockLlmCommand& command,
                                    const config::Settings& settings);

}  // namespace graphrail::app
