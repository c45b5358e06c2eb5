#include "app/doctor_command.h"

#include <unistd.h>

#include <boost/json/serialize.hpp>
#include <csignal>
#include <memory>

#include "app/compose_doctor.h"
#include "app/compose_model.h"
#include "app/doctor/local_checks.h"
#include "app/doctor/model_checks.h"
#include "app/doctor/render.h"
#include "app/files.h"
#include "app/stage_line.h"
#include "app/terminal.h"

namespace graphrail::app {
namespace {

using doctor::Check;
using doctor::Checks;
using doctor::CheckState;

Check check_pages(const DoctorCommand& command) {
  if (command.online) return check_resolver();
  return {.name = "page fetching",
          .state = CheckState::kNote,
          .seen = "not tried; `graphrail doctor --online` resolves a public name"};
}

Check check_listening(const config::Settings& settings) {
  doctor::PortSight sight = doctor::look_at_port(settings);
  if (sight.state == doctor::PortState::kTaken) sight.owner = ask_port_owner(settings);
  return doctor::check_port(settings, sight);
}

Checks check_the_model(const DoctorCommand& command, const config::Settings& settings) {
  if (!has_model(settings)) return {doctor::check_no_model()};
  // tidy-allow(concrete): paces the line on this terminal, decides nothing else
  core::SystemClock clock;
  const auto sight = probe_model(settings, {.long_text = command.long_text,
                                            .audience = make_stage_line(STDERR_FILENO, clock)});
  if (sight) return doctor::check_model(*sight);
  const core::Error& error = sight.error();
  return {Check{.name = "model server",
                .state = CheckState::kFailed,
                .seen = doctor::tidy_words(error.public_text() + " " + error.private_cause()),
                .mend = "Set OPENAI_BASE_URL to an address such as https://api.openai.com/v1."}};
}

Checks look_around(const DoctorCommand& command, const config::Loaded& loaded) {
  const config::Settings& settings = loaded.settings;
  Checks checks{doctor::check_configuration(loaded.values), doctor::check_data_folder(settings),
                check_listening(settings)};
  if (!settings.fetch_ca_file.empty()) {
    checks.push_back(doctor::check_ca_file("FETCH_CA_FILE", settings.fetch_ca_file));
  }
  checks.push_back(check_pages(command));
  if (!settings.model_ca_file.empty()) {
    checks.push_back(doctor::check_ca_file("MODEL_CA_FILE", settings.model_ca_file));
  }
  for (Check& check : check_the_model(command, settings)) checks.push_back(std::move(check));
  return checks;
}

}  // namespace

ExitCode run_doctor(const DoctorCommand& command, const config::Loaded& loaded) {
  std::signal(SIGPIPE, SIG_IGN);
  const Checks checks = look_around(command, loaded);
  doctor::TextStyle style;
  style.colour = wants_colour(STDOUT_FILENO);
  style.width = terminal_width(STDOUT_FILENO);
  const std::string text = command.format == "json"
                               ? boost::json::serialize(doctor::to_json(checks)) + "\n"
                               : doctor::render_text(checks, style);
  if (!write_all(STDOUT_FILENO, text)) return kFailed;
  return doctor::verdict(checks);
}

}  // namespace graphrail::app
