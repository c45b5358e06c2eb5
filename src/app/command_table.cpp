#include "app/command_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/mock_llm/fault.h"
#include "config/options.h"

namespace graphrail::app {
namespace {

constexpr Example kServeExamples[] = {
    {"graphrail serve", "start on http://127.0.0.1:8000"},
    {"graphrail serve --bind 0.0.0.0 --port 80", "let other machines in"},
    {"graphrail serve --data-dir /var/lib/graphrail", "keep the database elsewhere"},
};
constexpr Example kGenerateExamples[] = {
    {"graphrail generate announcement.txt", "show the graph of a text"},
    {"pbpaste | graphrail generate -", "read the text from standard input"},
    {"graphrail generate a.txt --format json | jq .graph", "use the graph in a script"},
    {"graphrail generate --batch in.jsonl -o out.jsonl", "read many texts; resumable"},
};
constexpr Example kPageExamples[] = {
    {"graphrail page https://example.com/news/round", "the main text of a page"},
    {"graphrail page saved.html --format json", "with title, date and site"},
    {"graphrail page --batch folder -o texts.jsonl", "every .html and .html.gz of a folder"},
};
constexpr Example kMockLlmExamples[] = {
    {"graphrail mock-llm", "start on http://127.0.0.1:8001/v1"},
    {"OPENAI_BASE_URL=http://127.0.0.1:8001/v1 graphrail serve", "let it stand in for a model"},
    {"graphrail mock-llm --fault status=500,times=2", "the first two calls fail"},
};
constexpr Example kDoctorExamples[] = {
    {"graphrail doctor", "is everything as it should be? how does the model answer?"},
    {"graphrail doctor --long", "also whether the model server cuts long prompts"},
    {"graphrail doctor --format json | jq .ok", "for a script"},
};
constexpr Example kConfigExamples[] = {
    {"graphrail config", "every setting and where it comes from"},
    {"PORT=9000 graphrail config", "what a variable changes"},
};
constexpr Example kCompletionExamples[] = {
    {"source <(graphrail completion bash)", "in ~/.bashrc"},
    {"graphrail completion zsh > ~/.zfunc/_graphrail", "in a folder of $fpath"},
    {"graphrail completion fish > ~/.config/fish/completions/graphrail.fish", "for fish"},
};

/// Flags of the options that a command takes; secrets have none.
std::vector<Flag> make_option_flags(bool server) {
  std::vector<Flag> flags = {
      {"--config", "", "FILE", "read this instead of graphrail.toml"},
      {"--env-file", "", "FILE", "read this instead of .env"},
  };
  for (const config::Option& option : config::option_table()) {
    if (option.is_secret()) continue;
    if (!server && option.scope != config::OptionScope::kEverywhere) continue;
    flags.push_back({config::flag_name(option), "", config::value_hint(option),
                     fmt::format("{} [{}]", option.description, option.default_value),
                     std::string(option.name)});
  }
  return flags;
}

std::vector<Flag> make_generate_flags() {
  return {
      {"--engine", "", "auto|llm|rules",
       "what reads the text: a model, the rules, or what is there"},
      {"--schema", "", "venture|general", "which kinds of nodes and relations to look for"},
      {"--format", "", "json|tree", "tree on a terminal, json elsewhere, unless given"},
      {"--output", "-o", "FILE", "write the result there instead of standard output"},
      {"--batch", "", "FILE",
       "read lines {id,title?,text|url} and write a line {id,graph,meta} each"},
  };
}

std::vector<Flag> make_page_flags() {
  return {
      {"--url", "", "URL", "where a saved page came from"},
      {"--format", "", "text|json", "json adds title, date, site and charset"},
      {"--output", "-o", "FILE", "write the result there instead of standard output"},
      {"--batch", "", "FOLDER", "write a line {file,text} for every page of a folder"},
  };
}

std::vector<Flag> make_mock_llm_flags() {
  return {
      {"--port", "", "number", "0 picks a free one [8001]"},
      {"--bind", "", "address", "address to listen on [127.0.0.1]"},
      {"--fault", "", "SPEC",
       fmt::format("what goes wrong, words separated by commas; a request says it with the field "
                   "X-Mock-Fault or the model mock+SPEC instead. The words: {}",
                   mock_llm::fault_grammar())},
      {"--key", "", "key", "accept this key only; sk-bad* is refused, sk-broke* has no credit"},
      {"--no-key-needed", "", "", "answer requests without a key"},
  };
}

std::vector<Flag> make_doctor_flags() {
  return {
      {"--online", "", "", "also resolve a public name, as page fetching needs it"},
      {"--long", "", "", "also have the model read a text of MAX_CONTENT_CHARS; costs its tokens"},
      {"--format", "", "text|json", "json for machines [text]"},
  };
}

/// Where the configuration is and how much is logged: all that the mock server takes from it.
std::vector<Flag> make_log_flags() {
  std::vector<Flag> flags = make_option_flags(false);
  std::erase_if(flags, [](const Flag& flag) {
    return !flag.option.empty() && !flag.option.starts_with("LOG_");
  });
  return flags;
}

std::vector<CommandSpec> make_table() {
  std::vector<CommandSpec> table;
  table.push_back({.name = "serve",
                   .summary = "start the server with its web interface",
                   .examples = kServeExamples,
                   .option_flags = make_option_flags(true)});
  table.push_back({.name = "generate",
                   .summary = "read a text, an address, or many, and print the graph",
                   .argument = "FILE",
                   .examples = kGenerateExamples,
                   .flags = make_generate_flags(),
                   .option_flags = make_option_flags(false)});
  table.push_back({.name = "page",
                   .summary = "print the main text of an address or a saved page",
                   .argument = "FILE",
                   .examples = kPageExamples,
                   .flags = make_page_flags(),
                   .option_flags = make_option_flags(false)});
  table.push_back({.name = "mock-llm",
                   .summary = "answer like an OpenAI-compatible server, with the rules engine",
                   .examples = kMockLlmExamples,
                   .flags = make_mock_llm_flags(),
                   .option_flags = make_log_flags()});
  table.push_back({.name = "doctor",
                   .summary = "try the configuration and the model, and say what to mend",
                   .examples = kDoctorExamples,
                   .flags = make_doctor_flags(),
                   .option_flags = make_option_flags(true)});
  table.push_back({.name = "config",
                   .summary = "print every setting with its source, secrets masked",
                   .examples = kConfigExamples,
                   .flags = {{"--markdown", "", "", "print the reference page instead"}},
                   .option_flags = make_option_flags(true)});
  table.push_back({.name = "version", .summary = "print the version"});
  table.push_back({.name = "completion",
                   .summary = "print a completion script for a shell",
                   .argument = "bash|zsh|fish",
                   .examples = kCompletionExamples});
  return table;
}

}  // namespace

const std::vector<CommandSpec>& command_table() {
  static const std::vector<CommandSpec> table = make_table();
  return table;
}

const CommandSpec* find_command(std::string_view name) {
  const auto found = std::ranges::find(command_table(), name, &CommandSpec::name);
  return found == command_table().end() ? nullptr : &*found;
}

}  // namespace graphrail::app
