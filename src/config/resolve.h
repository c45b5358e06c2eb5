// Which layer decides each option: flag > environment > .env > graphrail.toml > default. Pure: the
// layers come in as values and the files named by NAME_FILE are read through a function.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/dotenv.h"
#include "config/fault.h"
#include "config/option.h"
#include "config/toml_file.h"

namespace graphrail::config {

/// What one run was given. An empty value in the environment or in .env counts as not given,
/// because shells and container tools pass `NAME=` for "nothing".
struct Layers {
  /// Option name and value, as checked by the command line; the last of a name counts.
  std::vector<std::pair<std::string, std::string>> flags;
  std::function<std::optional<std::string>(std::string_view name)> environment;
  std::vector<DotenvEntry> dotenv;
  std::string dotenv_name = ".env";
  std::vector<TomlEntry> toml;
  std::string toml_name = "graphrail.toml";
  /// Contents of a file, nothing when it cannot be read.
  std::function<std::optional<std::string>(const std::string& path)> read_file;
  /// Checks by option name beside the option's own.
  std::span<const NamedCheck> checks = {};
};

/// The value of one option and where it was written.
struct ResolvedValue {
  const Option* option = nullptr;
  /// Empty for a secret.
  std::string text;
  core::Secret secret;
  bool is_set = false;
  /// "flag --port", "environment", ".env:3", "graphrail.toml:7", "default".
  std::string source;
  bool is_default = false;

  [[nodiscard]] std::string_view value() const noexcept {
    return option->is_secret() ? secret.reveal() : std::string_view(text);
  }
};

struct Resolution {
  /// One per option, in table order; an option with a fault has its default.
  std::vector<ResolvedValue> values;
  /// Everything that is wrong in any layer, unknown graphrail.toml keys included.
  Faults faults;
};

[[nodiscard]] Resolution resolve(std::span<const Option> table, const Layers& layers);

}  // namespace graphrail::config
