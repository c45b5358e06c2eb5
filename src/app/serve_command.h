// `graphrail serve`: start, wait for a signal, stop in two phases.
#pragma once

#include <cstdint>
#include <string>

#include "app/exit_code.h"
#include "config/settings.h"
#include "core/error.h"

namespace graphrail::app {

/// Blocks until SIGTERM or SIGINT. The first signal drains: readiness turns 503, no connection is
/// accepted, running requests get the grace period. A second one ends the process at once.
[[nodiscard]] ExitCode run_serve(const config::Settings& settings);

/// Tells the operator why a server cannot start; the exit code for it.
[[nodiscard]] ExitCode fail_to_start(const core::Error& error);

/// A bound address as it stands in a URL: "[::1]" for IPv6 (RFC 3986 section 3.2.2), localhost for
/// all addresses.
[[nodiscard]] std::string url_host(const std::string& bind);

/// Three lines that say where to point a browser.
[[nodiscard]] std::string render_banner(const config::Settings& settings, std::uint16_t port,
                                        bool colour);

}  // namespace graphrail::app
