// One option: everything the program knows about a setting, said once. The option table
// (options.h) is a list of these; the loader, `graphrail config`, the command line, the help and
// docs/configuration.md all read it. Immutable and constexpr.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/settings.h"
#include "core/secret.h"

namespace graphrail::config {

enum class OptionKind { kText, kNumber, kToggle, kChoice, kSecret };

/// Which commands take the option as a flag: every one, or only those that serve.
enum class OptionScope { kEverywhere, kServer };

/// Where the checked value goes. A null member pointer means nowhere.
using OptionTarget = std::variant<std::string Settings::*, std::uint64_t Settings::*,
                                  bool Settings::*, core::Secret Settings::*>;

/// Says what is wrong with a text value, or nothing.
using TextCheck = std::optional<std::string> (*)(std::string_view value);

/// A check of a text that another room knows how to read, by option name.
struct NamedCheck {
  std::string_view name;
  TextCheck check = nullptr;
};

struct Option {
  /// Upper snake case, as in the environment.
  std::string_view name;
  OptionKind kind = OptionKind::kText;
  OptionTarget target;
  std::string_view default_value;
  /// One sentence; says the unit.
  std::string_view description;
  /// Bounds of a number, both included.
  std::uint64_t minimum = 0;
  std::uint64_t maximum = 0;
  /// Allowed values of a choice, separated by "|".
  std::string_view choices;
  /// Further check of a text.
  TextCheck check = nullptr;
  OptionScope scope = OptionScope::kServer;

  [[nodiscard]] constexpr bool is_secret() const noexcept { return kind == OptionKind::kSecret; }
  /// This option as a flag of every command.
  [[nodiscard]] constexpr Option everywhere() const {
    Option copy = *this;
    copy.scope = OptionScope::kEverywhere;
    return copy;
  }
};

constexpr Option text(std::string_view name, std::string Settings::* target,
                      std::string_view default_value, std::string_view description,
                      TextCheck check = nullptr) {
  return {.name = name,
          .kind = OptionKind::kText,
          .target = target,
          .default_value = default_value,
          .description = description,
          .check = check};
}

constexpr Option number(std::string_view name, std::uint64_t Settings::* target,
                        std::string_view default_value, std::uint64_t minimum,
                        std::uint64_t maximum, std::string_view description) {
  return {.name = name,
          .kind = OptionKind::kNumber,
          .target = target,
          .default_value = default_value,
          .description = description,
          .minimum = minimum,
          .maximum = maximum};
}

/// Values "on" and "off" (also true/false, yes/no, 1/0).
constexpr Option toggle(std::string_view name, bool Settings::* target,
                        std::string_view default_value, std::string_view description) {
  return {.name = name,
          .kind = OptionKind::kToggle,
          .target = target,
          .default_value = default_value,
          .description = description};
}

constexpr Option choice(std::string_view name, std::string Settings::* target,
                        std::string_view default_value, std::string_view choices,
                        std::string_view description) {
  return {.name = name,
          .kind = OptionKind::kChoice,
          .target = target,
          .default_value = default_value,
          .description = description,
          .choices = choices};
}

/// A secret has no default and no flag (a command line is visible to other users); NAME_FILE names
/// a file that holds it.
constexpr Option secret(std::string_view name, core::Secret Settings::* target,
                        std::string_view description) {
  return {.name = name, .kind = OptionKind::kSecret, .target = target, .description = description};
}

/// What is wrong with `value` for `option`, or nothing. Never repeats a secret's value.
[[nodiscard]] std::optional<std::string> find_fault(const Option& option, std::string_view value);

/// Puts a value that find_fault accepts into its place in `settings`.
void store(const Option& option, std::string_view value, Settings& settings);

/// "MAX_CONNECTIONS" -> "--max-connections".
[[nodiscard]] std::string flag_name(const Option& option);
/// "MAX_CONNECTIONS" -> "max_connections", the key in graphrail.toml.
[[nodiscard]] std::string toml_key(std::string_view option_name);
/// "auto|text" -> {"auto", "text"}.
[[nodiscard]] std::vector<std::string_view> split_choices(std::string_view choices);
/// What a value looks like, for help and documentation: "number", "text|json", "on|off".
[[nodiscard]] std::string value_hint(const Option& option);

}  // namespace graphrail::config
