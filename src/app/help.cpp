#include "app/help.h"

#include <fmt/format.h>

#include <algorithm>

namespace graphrail::app {
namespace {

constexpr std::size_t kLineWidth = 96;

constexpr std::string_view kExitCodes = R"(
Exit codes
  0  done
  1  failed, or a line of a batch did
  2  the command line is wrong
  3  the configuration is wrong
  4  the address is taken, the store cannot be opened, the model server is not there
)";

std::string render_examples(std::span<const Example> examples) {
  if (examples.empty()) return {};
  std::size_t width = 0;
  for (const Example& example : examples) width = std::max(width, example.command.size());
  std::string out = "\nExamples\n";
  for (const Example& example : examples) {
    out += fmt::format("  {:<{}}  {}\n", example.command, width, example.meaning);
  }
  return out;
}

/// `text` in lines that end before kLineWidth, the later ones indented.
std::string wrap(std::string_view text, std::size_t indent) {
  std::string out;
  std::size_t column = indent;
  while (!text.empty()) {
    const std::string_view word = text.substr(0, text.find(' '));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (column + word.size() > kLineWidth && column > indent) {
      out += fmt::format("\n{:{}}", "", indent);
      column = indent;
    }
    out += word;
    column += word.size() + 1;
    if (!text.empty() && column + text.substr(0, text.find(' ')).size() <= kLineWidth) out += ' ';
  }
  return out;
}

std::string flag_head(const Flag& flag) {
  std::string head = flag.short_name.empty() ? flag.name : flag.short_name + ", " + flag.name;
  if (!flag.value.empty()) head += " " + flag.value;
  return head;
}

std::string render_flags(std::string_view title, const std::vector<Flag>& flags) {
  if (flags.empty()) return {};
  constexpr std::size_t kMaximumHead = 32;
  std::size_t width = 0;
  for (const Flag& flag : flags) {
    if (flag_head(flag).size() <= kMaximumHead) width = std::max(width, flag_head(flag).size());
  }
  std::string out = fmt::format("\n{}\n", title);
  for (const Flag& flag : flags) {
    const std::string head = flag_head(flag);
    out += "  " + head;
    out += head.size() > width ? fmt::format("\n{:{}}", "", width + 4)
                               : fmt::format("{:{}}", "", width - head.size() + 2);
    out += wrap(flag.help, width + 4) + "\n";
  }
  return out;
}

}  // namespace

std::string render_help() {
  std::string out = "Graphrail turns a text into a knowledge graph, each edge with its sentence.\n";
  static constexpr Example kExamples[] = {
      {"graphrail serve", "start the web interface and the API"},
      {"graphrail generate announcement.txt", "show the graph of a text"},
      {"graphrail generate --batch in.jsonl -o out.jsonl", "read many texts"},
  };
  out += render_examples(kExamples);
  out += "\nCommands\n";
  for (const CommandSpec& command : command_table()) {
    out += fmt::format("  {:<12}{}\n", command.name, command.summary);
  }
  out += "\n`graphrail COMMAND --help` tells more about a command.\n";
  return out += kExitCodes;
}

std::string render_help(const CommandSpec& command) {
  std::string usage = fmt::format("Usage: graphrail {}", command.name);
  if (!command.argument.empty()) usage += fmt::format(" {}", command.argument);
  if (!command.flags.empty() || !command.option_flags.empty()) usage += " [flags]";
  std::string out = fmt::format("{}\n\nWhat it does: {}.\n", usage, command.summary);
  out += render_examples(command.examples);
  out += render_flags("Flags", command.flags);
  out +=
      render_flags("Settings (also by environment, .env and graphrail.toml)", command.option_flags);
  return out += kExitCodes;
}

}  // namespace graphrail::app
