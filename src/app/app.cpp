#include "app/app.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdlib>
#include <exception>

#include "app/doctor_command.h"
#include "app/files.h"
#include "app/generate_command.h"
#include "app/mock_llm_command.h"
#include "app/page_command.h"
#include "app/serve_command.h"
#include "app/terminal.h"
#include "config/render.h"
#include "observe/log.h"

namespace graphrail::app {
namespace {

observe::LogLevel to_level(std::string_view name) {
  if (name == "debug") return observe::LogLevel::kDebug;
  if (name == "info") return observe::LogLevel::kInfo;
  if (name == "warn") return observe::LogLevel::kWarn;
  if (name == "error") return observe::LogLevel::kError;
  return observe::LogLevel::kOff;
}

struct Runner {
  const config::Loaded& loaded;

  int operator()(const ServeCommand&) const { return run_serve(loaded.settings); }
  int operator()(const GenerateCommand& command) const {
    return run_generate(command, loaded.settings);
  }
  int operator()(const PageCommand& command) const { return run_page(command, loaded.settings); }
  int operator()(const MockLlmCommand& command) const {
    return run_mock_llm(command, loaded.settings);
  }
  int operator()(const DoctorCommand& command) const { return run_doctor(command, loaded); }
  int operator()(const ConfigCommand&) const {
    return print(Exit{kOk, config::render_values(loaded.values), ""});
  }
};

}  // namespace

int print(const Exit& exit) {
  (void)write_all(STDERR_FILENO, exit.err);
  return write_all(STDOUT_FILENO, exit.out) ? exit.code : kFailed;
}

int print(const config::Faults& faults) {
  return print(Exit{kConfiguration, "", config::describe(faults)});
}

void configure_logging(const Command& command, const config::Loaded& loaded) {
  const bool is_server = std::holds_alternative<ServeCommand>(command) ||
                         std::holds_alternative<MockLlmCommand>(command);
  const bool is_quiet = !is_server && loaded.is_default("LOG_LEVEL");
  const bool is_text = loaded.settings.log_format == "text" ||
                       (loaded.settings.log_format == "auto" && is_terminal(STDERR_FILENO));
  observe::configure_log(is_quiet ? observe::LogLevel::kError : to_level(loaded.settings.log_level),
                         is_text ? observe::LogFormat::kText : observe::LogFormat::kJson,
                         wants_colour(STDERR_FILENO));
}

int run(const Command& command, const config::Loaded& loaded) {
  return std::visit(Runner{loaded}, command);
}

void report_and_abort() noexcept {
  try {
    if (const std::exception_ptr thrown = std::current_exception()) std::rethrow_exception(thrown);
    (void)report_failure("terminated");
  } catch (const std::exception& error) {
    (void)report_failure(error.what());
  } catch (...) {
    (void)report_failure("unknown exception");
  }
  std::abort();
}

int report_failure(std::string_view what) noexcept {
  // No formatting: memory may be what has run out.
  for (const std::string_view part :
       {std::string_view("graphrail: internal error: "), what, std::string_view("\n")}) {
    if (write(STDERR_FILENO, part.data(), part.size()) < 0) break;
  }
  return kFailed;
}

}  // namespace graphrail::app
