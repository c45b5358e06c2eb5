#include "app/mock_llm_command.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <memory>

#include "app/compose_mock_llm.h"
#include "app/files.h"
#include "app/serve_command.h"
#include "app/stop_signals.h"
#include "app/terminal.h"
#include "app/version.h"
#include "observe/log.h"

namespace graphrail::app {
namespace {

/// Answers that hang would keep a longer one waiting to no purpose.
constexpr std::chrono::seconds kGrace{1};

void announce(const MockLlmCommand& command, std::uint16_t port) {
  const std::string base_url = fmt::format("http://{}:{}/v1", url_host(command.bind), port);
  if (!is_terminal(STDERR_FILENO)) {
    observe::log_info("listening", {{"bind", command.bind},
                                    {"port", port},
                                    {"base_url", base_url},
                                    {"fault", command.fault},
                                    {"version", version()}});
    return;
  }
  const bool colour = wants_colour(STDERR_FILENO);
  (void)write_all(
      STDERR_FILENO,
      fmt::format("A model that is none is at {}{}{}\n"
                  "  try it with OPENAI_BASE_URL={} OPENAI_API_KEY=sk-anything\n"
                  "  Ctrl-C stops it\n",
                  colour ? "\x1b[1m" : "", base_url, colour ? "\x1b[0m" : "", base_url));
}

}  // namespace

ExitCode run_mock_llm(const MockLlmCommand& command, const config::Settings& settings) {
  std::signal(SIGPIPE, SIG_IGN);
  auto signals = std::make_unique<StopSignals>();
  core::Result<MockLlmService> service = compose_mock_llm(command, settings);
  if (!service) return fail_to_start(service.error());
  service->server->start();
  announce(command, service->server->port());

  const int signal_number = signals->wait();
  signals.reset();
  observe::log_info("stopping", {{"signal", signal_number}});
  service->server->stop(kGrace);
  service->pool->stop();
  observe::log_info("stopped");
  return kOk;
}

}  // namespace graphrail::app
