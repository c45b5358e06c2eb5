// Checks of settings that need more than the config room knows: texts that other rooms read, and
// settings that only make sense together.
#pragma once

#include <span>

#include "app/command_line.h"
#include "config/fault.h"
#include "config/load.h"
#include "config/option.h"

namespace graphrail::app {

/// For config::load: one check for each text whose form another room defines.
[[nodiscard]] std::span<const config::NamedCheck> setting_checks() noexcept;

/// What is wrong with the settings together, each fault at the place where it was written. Only
/// what matters to `command` is looked at.
[[nodiscard]] config::Faults find_setting_faults(const config::Loaded& loaded,
                                                 const Command& command);

}  // namespace graphrail::app
