// The steps of main: print, set up logging, run the command, and what happens when all else fails.
#pragma once

#include "app/command_line.h"
#include "config/load.h"

namespace graphrail::app {

/// Writes the texts of `exit` to standard output and standard error; returns the exit code.
[[nodiscard]] int print(const Exit& exit);

/// Prints every fault of the configuration; returns the exit code.
[[nodiscard]] int print(const config::Faults& faults);

/// Level, format and colour from the settings. One-shot commands say themselves what went
/// wrong, so they log errors only unless LOG_LEVEL was set.
void configure_logging(const Command& command, const config::Loaded& loaded);

/// Runs the command; returns the exit code.
[[nodiscard]] int run(const Command& command, const config::Loaded& loaded);

/// The terminate handler: says what broke on standard error, then aborts for a core dump.
[[noreturn]] void report_and_abort() noexcept;

/// The last catch of main: an exception is a broken invariant; returns the exit code.
[[nodiscard]] int report_failure(std::string_view what) noexcept;

}  // namespace graphrail::app
