// The program: understand the command line, load the configuration, set up logging, run.
#include <exception>
#include <span>

#include "app/app.h"
#include "app/setting_checks.h"

int main(int argc, char** argv) {
  using namespace graphrail;
  std::set_terminate(app::report_and_abort);
  try {
    const std::span<char* const> words(argv, static_cast<std::size_t>(argc));
    const auto action = app::parse_command_line(words.subspan(words.empty() ? 0 : 1));
    if (const auto* const exit = std::get_if<app::Exit>(&action)) return app::print(*exit);
    const auto& wanted = std::get<app::Run>(action);

    config::LoadRequest request = wanted.load;
    request.checks = app::setting_checks();
    const auto loaded = config::load(request);
    if (!loaded) return app::print(loaded.error());
    if (const auto faults = app::find_setting_faults(*loaded, wanted.command); !faults.empty()) {
      return app::print(faults);
    }

    app::configure_logging(wanted.command, *loaded);
    return app::run(wanted.command, *loaded);
  } catch (const std::exception& error) {
    return app::report_failure(error.what());
  }
}
