#include "app/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <map>

#include "app/command_table.h"
#include "app/completion.h"
#include "app/help.h"
#include "app/mock_llm/fault.h"
#include "app/version.h"
#include "config/options.h"
#include "config/render.h"

namespace graphrail::app {
namespace {

/// What the words said, before it gets a type.
struct Words {
  const CommandSpec* command = nullptr;
  std::string argument;
  /// Flag name to value; a switch has "on".
  std::map<std::string, std::string> flags;
  config::LoadRequest load;
  bool help = false;

  [[nodiscard]] std::string flag(const std::string& name) const {
    const auto found = flags.find(name);
    return found == flags.end() ? std::string() : found->second;
  }
};

Exit usage_error(const Words& words, std::string_view message) {
  const std::string command = words.command ? fmt::format(" {}", words.command->name) : "";
  return {kUsage, "", fmt::format("graphrail: {}\nTry `graphrail{} --help`.\n", message, command)};
}

void add_flag(CLI::App& parser, const Flag& flag, Words& words) {
  const std::string names = flag.short_name.empty() ? flag.name : flag.short_name + "," + flag.name;
  if (flag.value.empty()) {
    parser.add_flag_callback(names, [&words, name = flag.name] { words.flags[name] = "on"; });
    return;
  }
  const auto take = [&words, name = flag.name, option = flag.option](const std::string& value) {
    words.flags[name] = value;
    if (!option.empty()) words.load.flags.emplace_back(option, value);
  };
  CLI::Option* const added = parser.add_option_function<std::string>(names, take);
  added->take_last();
  // The values of settings are checked with all other faults of the configuration.
  if (flag.option.empty() && flag.value.find('|') != std::string::npos) {
    const std::vector<std::string_view> choices = config::split_choices(flag.value);
    added->check(CLI::IsMember(std::vector<std::string>(choices.begin(), choices.end())));
  }
}

void add_command(CLI::App& parser, const CommandSpec& spec, Words& words) {
  CLI::App* const sub = parser.add_subcommand(std::string(spec.name));
  sub->set_help_flag();
  sub->add_flag("-h,--help", words.help);
  sub->callback([&words, &spec] { words.command = &spec; });
  if (!spec.argument.empty()) sub->add_option("argument", words.argument);
  for (const Flag& flag : spec.flags) add_flag(*sub, flag, words);
  for (const Flag& flag : spec.option_flags) add_flag(*sub, flag, words);
}

std::variant<Run, Exit> make_generate(const Words& words) {
  GenerateCommand command{.input = words.argument,
                          .batch = words.flag("--batch"),
                          .output = words.flag("--output"),
                          .format = words.flag("--format")};
  if (words.flags.contains("--engine")) command.engine = words.flag("--engine");
  if (words.flags.contains("--schema")) command.schema = words.flag("--schema");
  if (command.input.empty() && command.batch.empty()) {
    return usage_error(words, "generate needs a file, - for standard input, or --batch FILE");
  }
  if (!command.input.empty() && !command.batch.empty()) {
    return usage_error(words, "--batch takes the place of the file; give one of them");
  }
  if (!command.batch.empty() && command.format == "tree") {
    return usage_error(words, "a batch is written as JSON lines; leave --format out");
  }
  return Run{std::move(command), words.load};
}

std::variant<Run, Exit> make_page(const Words& words) {
  PageCommand command{.input = words.argument,
                      .batch = words.flag("--batch"),
                      .output = words.flag("--output"),
                      .url = words.flag("--url")};
  if (words.flags.contains("--format")) command.format = words.flag("--format");
  if (command.input.empty() == command.batch.empty()) {
    return usage_error(words, "page needs an address or a file, or --batch FOLDER");
  }
  return Run{std::move(command), words.load};
}

std::variant<Run, Exit> make_mock_llm(const Words& words) {
  MockLlmCommand command{.fault = words.flag("--fault"),
                         .key = words.flag("--key"),
                         .no_key_needed = words.flags.contains("--no-key-needed")};
  if (words.flags.contains("--bind")) command.bind = words.flag("--bind");
  if (words.flags.contains("--port")) {
    const std::string port = words.flag("--port");
    const char* const end = port.data() + port.size();
    const auto read = std::from_chars(port.data(), end, command.port);
    if (read.ec != std::errc() || read.ptr != end) {
      return usage_error(words, "--port takes a number from 0 to 65535");
    }
  }
  if (const auto fault = mock_llm::parse_fault(command.fault); !fault) {
    return usage_error(words, fmt::format("--fault: {}", fault.error()));
  }
  return Run{std::move(command), words.load};
}

std::variant<Run, Exit> make_doctor(const Words& words) {
  DoctorCommand command{.online = words.flags.contains("--online"),
                        .long_text = words.flags.contains("--long")};
  if (words.flags.contains("--format")) command.format = words.flag("--format");
  return Run{std::move(command), words.load};
}

std::variant<Run, Exit> make_action(const Words& words) {
  if (words.command == nullptr) return Exit{kOk, render_help(), ""};
  if (words.help) return Exit{kOk, render_help(*words.command), ""};
  const std::string_view name = words.command->name;
  if (name == "version") return Exit{kOk, fmt::format("graphrail {}\n", version()), ""};
  if (name == "completion") {
    std::string script = render_completion(words.argument);
    if (script.empty()) return usage_error(words, "completion needs bash, zsh or fish");
    return Exit{kOk, std::move(script), ""};
  }
  if (name == "config") {
    if (words.flags.contains("--markdown")) {
      return Exit{kOk, config::render_markdown(config::option_table()), ""};
    }
    return Run{ConfigCommand{}, words.load};
  }
  if (name == "generate") return make_generate(words);
  if (name == "page") return make_page(words);
  if (name == "mock-llm") return make_mock_llm(words);
  if (name == "doctor") return make_doctor(words);
  return Run{ServeCommand{}, words.load};
}

}  // namespace

std::variant<Run, Exit> parse_command_line(std::span<char* const> arguments) {
  Words words;
  bool version_flag = false;
  CLI::App parser;
  parser.set_help_flag();
  parser.require_subcommand(0, 1);
  parser.add_flag("-h,--help", words.help);
  parser.add_flag("--version", version_flag);
  for (const CommandSpec& spec : command_table()) add_command(parser, spec, words);

  // The parser takes its words from the back.
  std::vector<std::string> reversed(arguments.rbegin(), arguments.rend());
  try {
    parser.parse(std::move(reversed));
  } catch (const CLI::ParseError& error) {
    for (const CommandSpec& spec : command_table()) {
      if (parser.got_subcommand(std::string(spec.name))) words.command = &spec;
    }
    return usage_error(words, error.what());
  }
  for (const auto& [flag, path] : {std::pair{"--config", &words.load.toml_path},
                                   std::pair{"--env-file", &words.load.dotenv_path}}) {
    *path = words.flag(flag);
  }
  if (version_flag) words.command = find_command("version");
  return make_action(words);
}

}  // namespace graphrail::app
