// The checks that stay on this machine: settings, folders, files, the port. Blocking; nothing is
// created or changed.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "app/doctor/check.h"
#include "config/resolve.h"
#include "config/settings.h"

namespace graphrail::app::doctor {

/// Which settings differ from their defaults and where they are written. That they are valid has
/// been checked by loading them.
[[nodiscard]] Check check_configuration(std::span<const config::ResolvedValue> values);

/// The data folder exists or can be made, can be written, has room, and its database opens.
[[nodiscard]] Check check_data_folder(const config::Settings& settings);

/// A file of trust anchors that the option `option` names can be read and holds certificates.
[[nodiscard]] Check check_ca_file(std::string_view option, const std::string& path);

/// Whether an address can be listened on.
enum class PortState : std::uint8_t { kFree, kTaken, kNotAllowed, kNoSuchAddress, kOtherwise };

struct PortSight {
  PortState state = PortState::kFree;
  /// The system's words for everything but free.
  std::string cause;
  /// What answers on a taken one: "graphrail 0.1.0"; empty when it says nothing of that kind.
  std::string owner;
};

/// Binds the address of `settings` and lets go of it; `owner` stays empty.
[[nodiscard]] PortSight look_at_port(const config::Settings& settings);

/// Pure.
[[nodiscard]] Check check_port(const config::Settings& settings, const PortSight& sight);

}  // namespace graphrail::app::doctor
