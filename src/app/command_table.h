// The command line as data: commands, their flags, examples. Parsing (command_line.h), help
// (help.h) and shell completion (completion.h) all read this table, so they cannot disagree.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace graphrail::app {

/// One flag. `value` is empty for a switch, "FILE" for a path, "a|b" for a choice, else a word that
/// says what is expected ("number").
struct Flag {
  std::string name;
  std::string short_name;
  std::string value;
  std::string help;
  /// Set for a flag that sets a configuration option: the option's name.
  std::string option = {};
};

struct Example {
  std::string_view command;
  std::string_view meaning;
};

struct CommandSpec {
  std::string_view name;
  /// One line, lower case, without a full stop.
  std::string_view summary;
  /// "FILE", "bash|zsh|fish"; empty when the command takes no argument.
  std::string_view argument;
  std::span<const Example> examples;
  std::vector<Flag> flags;
  /// Flags made from the option table; empty for commands that need no configuration.
  std::vector<Flag> option_flags;
};

/// Every command, in the order of the help. Built on first use, then constant.
[[nodiscard]] const std::vector<CommandSpec>& command_table();
/// nullptr when there is no such command.
[[nodiscard]] const CommandSpec* find_command(std::string_view name);

}  // namespace graphrail::app
