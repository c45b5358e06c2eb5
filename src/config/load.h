// Loading the configuration of this process: reads the environment and the two files of the
// working directory, resolves the layers and fills Settings. Called once, before threads start.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "config/fault.h"
#include "config/resolve.h"
#include "config/settings.h"

namespace graphrail::config {

/// What the command line says about configuration.
struct LoadRequest {
  std::vector<std::pair<std::string, std::string>> flags;
  /// Asked-for files must exist; when empty, `.env` and `graphrail.toml` are read if they are
  /// there.
  std::string dotenv_path;
  std::string toml_path;
  /// Checks that need more than this room knows.
  std::span<const NamedCheck> checks = {};
};

struct Loaded {
  Settings settings;
  /// For `graphrail config`: every option with its source, in table order.
  std::vector<ResolvedValue> values;

  /// True when nobody set the option.
  [[nodiscard]] bool is_default(std::string_view option_name) const noexcept;
};

/// Either the settings or every fault in any layer.
[[nodiscard]] std::expected<Loaded, Faults> load(const LoadRequest& request);

/// The faults as lines for the terminal, most people's first look at the program.
[[nodiscard]] std::string describe(const Faults& faults);

}  // namespace graphrail::config
