#include "app/serve_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <utility>

#include "app/compose.h"
#include "app/files.h"
#include "app/sd_notify.h"
#include "app/stop_signals.h"
#include "app/terminal.h"
#include "app/version.h"
#include "observe/log.h"

namespace graphrail::app {
namespace {

/// Requests that were given up are cancelled by then; their connections close quickly.
constexpr std::chrono::seconds kOutboundGrace{2};

/// Outbound work that did not end holds on to the server's threads and they to it: there is no
/// order in which they could be destroyed, and the process ends anyway.
void leave_to_the_system(Service service) {
  observe::log_warn("outbound work abandoned");
  static const auto* const left = new Service(std::move(service));
  (void)left;
}

void announce(const config::Settings& settings, std::uint16_t port) {
  notify_service_manager("READY=1");
  if (is_terminal(STDERR_FILENO)) {
    (void)write_all(STDERR_FILENO, render_banner(settings, port, wants_colour(STDERR_FILENO)));
    return;
  }
  observe::log_info("listening", {{"bind", settings.bind},
                                  {"port", port},
                                  {"data_dir", settings.data_dir},
                                  {"environment", settings.environment},
                                  {"version", version()}});
}

}  // namespace

std::string url_host(const std::string& bind) {
  if (bind == "0.0.0.0" || bind == "::") return "localhost";
  return bind.find(':') == std::string::npos ? bind : "[" + bind + "]";
}

std::string render_banner(const config::Settings& settings, std::uint16_t port, bool colour) {
  const std::string url = fmt::format("http://{}:{}", url_host(settings.bind), port);
  return fmt::format(
      "Graphrail {} is at {}{}{}\n"
      "  documentation {}/docs, data in {}\n"
      "  Ctrl-C stops it\n",
      version(), colour ? "\x1b[1m" : "", url, colour ? "\x1b[0m" : "", url, settings.data_dir);
}

ExitCode fail_to_start(const core::Error& error) {
  const std::string& cause = error.private_cause();
  (void)write_all(STDERR_FILENO, fmt::format("graphrail: cannot start: {}\n",
                                             cause.empty() ? error.public_text() : cause));
  return kUnavailable;
}

ExitCode run_serve(const config::Settings& settings) {
  std::signal(SIGPIPE, SIG_IGN);
  auto signals = std::make_unique<StopSignals>();
  core::Result<Service> service = compose_service(settings);
  if (!service) return fail_to_start(service.error());
  service->server->start();
  announce(settings, service->server->port());

  const int signal_number = signals->wait();
  signals.reset();
  observe::log_info(
      "stopping", {{"signal", signal_number}, {"grace_seconds", settings.shutdown_grace_seconds}});
  notify_service_manager("STOPPING=1");
  service->readiness->start_draining();
  service->server->stop(std::chrono::seconds(settings.shutdown_grace_seconds));
  const bool is_idle = service->outbound->stop(kOutboundGrace);
  service->ledger->stop();
  service->pool->stop();
  observe::log_info("stopped");
  if (!is_idle) leave_to_the_system(std::move(*service));
  return kOk;
}

}  // namespace graphrail::app
