// From the words of the command line to something to run, or something to print and end with.
// Pure: no file, environment or terminal is touched.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <variant>

#include "app/exit_code.h"
#include "config/load.h"

namespace graphrail::app {

struct ServeCommand {};

struct GenerateCommand {
  /// A path, "-" for standard input, or a URL; empty with `batch`.
  std::string input;
  /// A path or "-"; empty without --batch.
  std::string batch;
  /// Empty means standard output.
  std::string output;
  std::string engine = "auto";
  std::string schema = "venture";
  /// "json", "tree", or empty to let the terminal decide.
  std::string format;
};

struct PageCommand {
  /// A URL or the path of a saved page; empty with `batch`.
  std::string input;
  /// A folder of .html and .html.gz files; empty without --batch.
  std::string batch;
  /// Empty means standard output.
  std::string output;
  /// Address that a saved page came from, for its relative links.
  std::string url;
  /// "text" or "json".
  std::string format = "text";
};

struct MockLlmCommand {
  std::string bind = "127.0.0.1";
  /// 0 picks a free port.
  std::uint16_t port = 8001;
  /// A specification that app/mock_llm/fault.h reads; may be empty.
  std::string fault;
  /// The only key to accept; empty for any. Made up for tests, not a secret.
  std::string key;
  bool no_key_needed = false;
};

struct DoctorCommand {
  /// Resolve a public name.
  bool online = false;
  /// Also send the model a text as long as MAX_CONTENT_CHARS.
  bool long_text = false;
  /// "text" or "json".
  std::string format = "text";
};

struct ConfigCommand {};

using Command = std::variant<ServeCommand, GenerateCommand, PageCommand, MockLlmCommand,
                             DoctorCommand, ConfigCommand>;

struct Run {
  Command command;
  /// What the command line says about configuration.
  config::LoadRequest load;
};

struct Exit {
  ExitCode code = kOk;
  /// For standard output.
  std::string out;
  /// For standard error.
  std::string err;
};

/// `arguments` without the program's name. No arguments at all ask for help. The parser's own exit
/// codes never leave: a wrong command line is always kUsage.
[[nodiscard]] std::variant<Run, Exit> parse_command_line(std::span<char* const> arguments);

}  // namespace graphrail::app
