#include "app/generate_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <boost/json/serialize.hpp>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iostream>

#include "app/batch.h"
#include "app/compose.h"
#include "app/files.h"
#include "app/run_to_end.h"
#include "app/stage_line.h"
#include "app/terminal.h"
#include "app/tree_view.h"
#include "generate/source.h"

namespace graphrail::app {
namespace {

/// A code point takes four bytes at most; longer files are refused before they are read whole.
constexpr std::size_t kBytesPerChar = 4;

void complain(std::string_view message) {
  (void)write_all(STDERR_FILENO, fmt::format("graphrail: {}\n", message));
}

ExitCode fail_with(const core::Error& error) {
  complain(error.reason().empty() ? error.public_text()
                                  : fmt::format("{} ({})", error.public_text(), error.reason()));
  return kFailed;
}

generate::GenerateRequest make_request(const GenerateCommand& command) {
  generate::GenerateRequest request{.schema = command.schema};
  if (command.engine == "llm") request.engine = generate::Engine::kLlm;
  if (command.engine == "rules") request.engine = generate::Engine::kRules;
  return request;
}

std::string render(const generate::GenerateResult& result, const GenerateCommand& command) {
  const bool to_terminal = command.output.empty() && is_terminal(STDOUT_FILENO);
  const bool as_tree = command.format.empty() ? to_terminal : command.format == "tree";
  if (!as_tree) return boost::json::serialize(generate::to_json(result)) + "\n";
  TreeStyle style;
  if (to_terminal) style.width = terminal_width(STDOUT_FILENO);
  style.colour = to_terminal && wants_colour(STDOUT_FILENO);
  return render_tree(result.graph, style);
}

ExitCode run_one(const GenerateCommand& command, const config::Settings& settings) {
  generate::GenerateRequest request = make_request(command);
  if (generate::is_url(command.input)) {
    request.input = command.input;
  } else {
    core::Result<std::string> text =
        read_input(command.input, settings.max_text_chars * kBytesPerChar);
    if (!text) return fail_with(text.error());
    request.input = std::move(*text);
  }
  const auto generator = compose_generator(settings);
  if (!generator) return fail_with(generator.error());
  // tidy-allow(concrete): paces the line on this terminal, decides nothing else
  core::SystemClock clock;
  request.audience = make_stage_line(STDERR_FILENO, clock);
  const auto result = run_to_end((*generator)->generate(std::move(request)));
  if (!result) return fail_with(result.error());
  for (const graph::Warning& warning : result->meta.warnings) {
    complain(fmt::format("warning: {} ({})", warning.message, warning.code));
  }
  const std::string text = render(*result, command);
  const auto written =
      command.output.empty() ? write_all(STDOUT_FILENO, text) : write_file(command.output, text);
  return written ? kOk : fail_with(written.error());
}

/// 0 when the size is not known.
std::uint64_t input_bytes(const std::string& path) {
  std::error_code failed;
  const std::uintmax_t bytes = std::filesystem::file_size(path, failed);
  return failed ? 0 : bytes;
}

ExitCode run_many(const GenerateCommand& command, const config::Settings& settings) {
  std::ifstream file;
  if (command.batch != "-") {
    file.open(command.batch, std::ios::binary);
    if (!file.is_open() || std::filesystem::is_directory(command.batch)) {
      complain(fmt::format("cannot read `{}`: {}", command.batch,
                           file.is_open() ? "it is a folder" : std::strerror(errno)));
      return kFailed;
    }
  }
  std::istream& input = command.batch == "-" ? std::cin : file;
  core::Result<BatchOutput> output = BatchOutput::open(command.output);
  if (!output) return fail_with(output.error());

  const auto composed = compose_generator(settings);
  if (!composed) return fail_with(composed.error());
  const GenerateFunction generate = [generator = *composed](generate::GenerateRequest request) {
    return generator->generate(std::move(request));
  };
  BatchOptions options{.request = make_request(command)};
  // One text more than there are workers keeps them busy while a result is written.
  options.parallel = std::min<std::size_t>(worker_thread_count(settings) + 1, settings.work_queue);
  // tidy-allow(concrete): paces the progress line on this terminal, decides nothing else
  core::SystemClock clock;
  core::Result<BatchProgress> progress;
  {
    ProgressLine line(STDERR_FILENO, input_bytes(command.batch), clock);
    progress = run_batch(input, *output, generate, options,
                         [&line](const BatchProgress& now) { line.show(now); });
  }
  if (!progress) return fail_with(progress.error());
  complain(summarise(*progress));
  return progress->failed == 0 ? kOk : kFailed;
}

}  // namespace

ExitCode run_generate(const GenerateCommand& command, const config::Settings& settings) {
  return command.batch.empty() ? run_one(command, settings) : run_many(command, settings);
}

}  // namespace graphrail::app
