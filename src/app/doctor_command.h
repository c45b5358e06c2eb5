// `graphrail doctor`: looks at the configuration and what it names, and says what to do.
#pragma once

#include "app/command_line.h"
#include "config/load.h"

namespace graphrail::app {

/// Prints the findings on standard output; kUnavailable when the model server cannot be reached,
/// kFailed when a check failed, else kOk.
[[nodiscard]] ExitCode run_doctor(const DoctorCommand& command, const config::Loaded& loaded);

}  // namespace graphrail::app
