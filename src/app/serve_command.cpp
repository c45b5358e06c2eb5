#include "app/serve_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <chrono>
#include <csignal>

#include "app/compose.h"
#include "app/files.h"
#include "app/sd_notify.h"
#include "app/terminal.h"
#include "app/version.h"
#include "observe/log.h"

namespace graphrail::app {
namespace {

/// Waits for the signals that ask a server to end. Made before anything starts, so that none is
/// missed; once it is gone, the next signal has its usual effect.
class StopSignals {
 public:
  /// Blocks; returns the signal's number.
  int wait() {
    int received = 0;
    signals_.async_wait(
        [&received](const boost::system::error_code&, int number) { received = number; });
    context_.run();
    return received;
  }

 private:
  boost::asio::io_context context_{1};
  boost::asio::signal_set signals_{context_, SIGTERM, SIGINT};
};

/// "[::1]" for IPv6, as addresses stand in URLs (RFC 3986 section 3.2.2).
std::string url_host(const std::string& bind) {
  if (bind == "0.0.0.0" || bind == "::") return "localhost";
  return bind.find(':') == std::string::npos ? bind : "[" + bind + "]";
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

std::string render_banner(const config::Settings& settings, std::uint16_t port, bool colour) {
  const std::string url = fmt::format("http://{}:{}", url_host(settings.bind), port);
  return fmt::format(
      "Graphrail {} is at {}{}{}\n"
      "  documentation {}/docs, data in {}\n"
      "  Ctrl-C stops it\n",
      version(), colour ? "\x1b[1m" : "", url, colour ? "\x1b[0m" : "", url, settings.data_dir);
}

ExitCode run_serve(const config::Settings& settings) {
  std::signal(SIGPIPE, SIG_IGN);
  auto signals = std::make_unique<StopSignals>();
  core::Result<Service> service = compose_service(settings);
  if (!service) {
    const core::Error& error = service.error();
    const std::string& cause = error.private_cause();
    (void)write_all(STDERR_FILENO, fmt::format("graphrail: cannot start: {}\n",
                                               cause.empty() ? error.public_text() : cause));
    return kUnavailable;
  }
  service->server->start();
  announce(settings, service->server->port());

  const int signal_number = signals->wait();
  signals.reset();
  observe::log_info(
      "stopping", {{"signal", signal_number}, {"grace_seconds", settings.shutdown_grace_seconds}});
  notify_service_manager("STOPPING=1");
  service->readiness->start_draining();
  service->server->stop(std::chrono::seconds(settings.shutdown_grace_seconds));
  service->pool->stop();
  observe::log_info("stopped");
  return kOk;
}

}  // namespace graphrail::app
