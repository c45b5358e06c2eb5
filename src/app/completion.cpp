#include "app/completion.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/command_table.h"

namespace graphrail::app {
namespace {

std::vector<Flag> all_flags(const CommandSpec& command) {
  std::vector<Flag> flags = command.flags;
  flags.insert(flags.end(), command.option_flags.begin(), command.option_flags.end());
  flags.push_back({"--help", "-h", "", "show help"});
  return flags;
}

std::string command_names(std::string_view separator) {
  std::vector<std::string_view> names;
  for (const CommandSpec& command : command_table()) names.push_back(command.name);
  return fmt::format("{}", fmt::join(names, separator));
}

bool is_choice(std::string_view value) { return value.find('|') != std::string_view::npos; }

std::string spaced(std::string_view choices) {
  std::string out(choices);
  std::ranges::replace(out, '|', ' ');
  return out;
}

/// Inside single quotes of any shell; quotes and brackets have a meaning there or to zsh.
std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\'' || c == '`' || c == '[' || c == ']' || c == '\\') continue;
    out.push_back(c == ':' ? ',' : c);
  }
  return out;
}

std::string bash_value_cases(const CommandSpec& command) {
  std::string out;
  for (const Flag& flag : all_flags(command)) {
    if (flag.value.empty()) continue;
    std::string reply = "COMPREPLY=()";
    if (is_choice(flag.value)) {
      reply = fmt::format("COMPREPLY=($(compgen -W '{}' -- \"$current\"))", spaced(flag.value));
    } else if (flag.value == "FILE") {
      reply = "COMPREPLY=($(compgen -f -- \"$current\"))";
    }
    std::string pattern = fmt::format("'{} {}'", command.name, flag.name);
    if (!flag.short_name.empty()) {
      pattern += fmt::format("|'{} {}'", command.name, flag.short_name);
    }
    out += fmt::format("    {}) {}; return ;;\n", pattern, reply);
  }
  return out;
}

std::string bash_word_case(const CommandSpec& command) {
  std::string words;
  for (const Flag& flag : all_flags(command)) words += flag.name + " ";
  if (is_choice(command.argument)) words += spaced(command.argument);
  std::string out = fmt::format("    {}) COMPREPLY=($(compgen -W '{}' -- \"$current\")) ;;\n",
                                command.name, words);
  return out;
}

std::string render_bash() {
  std::string values;
  std::string words;
  for (const CommandSpec& command : command_table()) {
    values += bash_value_cases(command);
    words += bash_word_case(command);
  }
  return fmt::format(R"(# bash completion for graphrail; source this file.
_graphrail() {{
  local current="${{COMP_WORDS[COMP_CWORD]}}" previous="${{COMP_WORDS[COMP_CWORD-1]}}" command='' word
  for word in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
    case "$word" in {}) command="$word"; break ;; esac
  done
  case "$command $previous" in
{}  esac
  case "$command" in
{}    *) COMPREPLY=($(compgen -W '{} --help' -- "$current")) ;;
  esac
}}
complete -o default -F _graphrail graphrail
)",
                     command_names("|"), values, words, command_names(" "));
}

std::string zsh_flag(const Flag& flag) {
  std::string value;
  if (is_choice(flag.value)) {
    value = fmt::format(":value:({})", spaced(flag.value));
  } else if (flag.value == "FILE") {
    value = ":file:_files";
  } else if (!flag.value.empty()) {
    value = fmt::format(":{}:", flag.value);
  }
  std::string out = fmt::format("        '{}[{}]{}' \\\n", flag.name, plain(flag.help), value);
  if (!flag.short_name.empty()) {
    out += fmt::format("        '{}[{}]{}' \\\n", flag.short_name, plain(flag.help), value);
  }
  return out;
}

std::string render_zsh() {
  std::string commands;
  std::string cases;
  for (const CommandSpec& command : command_table()) {
    commands += fmt::format("    '{}:{}'\n", command.name, plain(command.summary));
    cases += fmt::format("    {})\n      _arguments \\\n", command.name);
    for (const Flag& flag : all_flags(command)) cases += zsh_flag(flag);
    const std::string argument =
        is_choice(command.argument) ? fmt::format("({})", spaced(command.argument)) : "_files";
    cases += command.argument.empty() ? "        && return ;;\n"
                                      : fmt::format("        '1:argument:{}' ;;\n", argument);
  }
  return fmt::format(R"(#compdef graphrail
# zsh completion for graphrail; put this file as _graphrail in a folder of $fpath.
_graphrail() {{
  local -a commands=(
{}  )
  if (( CURRENT == 2 )); then
    _describe 'command' commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
{}  esac
}}
compdef _graphrail graphrail
)",
                     commands, cases);
}

std::string fish_flag(std::string_view command, const Flag& flag) {
  std::string value;
  if (is_choice(flag.value)) {
    value = fmt::format(" -xa '{}'", spaced(flag.value));
  } else if (flag.value == "FILE") {
    value = " -rF";
  } else if (!flag.value.empty()) {
    value = " -x";
  }
  const std::string short_flag =
      flag.short_name.empty() ? "" : fmt::format(" -s {}", flag.short_name.substr(1));
  return fmt::format(
      "complete -c graphrail -n '__fish_seen_subcommand_from {}' -l {}{}{} -d '{}'\n", command,
      flag.name.substr(2), short_flag, value, plain(flag.help));
}

std::string render_fish() {
  std::string out = "# fish completion for graphrail.\n";
  for (const CommandSpec& command : command_table()) {
    out += fmt::format("complete -c graphrail -n __fish_use_subcommand -xa {} -d '{}'\n",
                       command.name, plain(command.summary));
    if (is_choice(command.argument)) {
      out += fmt::format("complete -c graphrail -n '__fish_seen_subcommand_from {}' -xa '{}'\n",
                         command.name, spaced(command.argument));
    }
    for (const Flag& flag : all_flags(command)) out += fish_flag(command.name, flag);
  }
  return out;
}

}  // namespace

std::string render_completion(std::string_view shell) {
  if (shell == "bash") return render_bash();
  if (shell == "zsh") return render_zsh();
  if (shell == "fish") return render_fish();
  return {};
}

}  // namespace graphrail::app
