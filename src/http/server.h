// The HTTP/1.1 server: listeners, connections, limits and the two-phase stop. One io_context per
// thread; a connection stays on the thread that accepted it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/random.h"
#include "core/result.h"
#include "http/message.h"
#include "observe/metrics.h"

namespace graphrail::http {

enum class HttpError {
  /// The address is not one of this machine's, or the port is taken or not permitted.
  kCannotListen = 1,
  /// The configured bind address is not an IP address.
  kInvalidAddress,
};
[[nodiscard]] std::error_code make_error_code(HttpError error) noexcept;

struct ServerOptions {
  std::string bind = "127.0.0.1";
  /// 0 picks a free port; Server::port() tells which.
  std::uint16_t port = 8000;
  /// I/O threads; 0 = one per core.
  unsigned threads = 0;
  /// Connections above this get 503 with Retry-After and are closed.
  std::size_t max_connections = 10'000;
  std::size_t header_limit_bytes = 16 * 1024;
  std::size_t body_limit_bytes = 1024 * 1024;
  /// From the first byte of a request to the end of its head.
  std::chrono::milliseconds header_timeout{10'000};
  /// From the end of the head to the end of the body.
  std::chrono::milliseconds body_timeout{30'000};
  /// Between two requests of a connection.
  std::chrono::milliseconds idle_timeout{75'000};
  /// Progress of a response being written.
  std::chrono::milliseconds write_timeout{30'000};
  /// Bodies of at least this size are gzipped for clients that accept it.
  std::size_t gzip_minimum_bytes = 1024;
  /// Names of the header fields whose values are kept as secrets (Request::secrets).
  std::vector<std::string> secret_fields;
};

class Server {
 public:
  virtual ~Server() = default;
  /// Starts the I/O threads; returns at once.
  virtual void start() = 0;
  /// The port in use.
  [[nodiscard]] virtual std::uint16_t port() const noexcept = 0;
  /// Phase one: accept no more, close idle connections, let running requests finish. Phase two
  /// after `grace`: cancel what is left. Blocks until all threads have ended.
  virtual void stop(std::chrono::milliseconds grace) = 0;
};

/// What the server needs from outside. The clock must go on by itself: deadlines are measured by
/// it.
struct ServerParts {
  std::shared_ptr<observe::Metrics> metrics;
  std::shared_ptr<const core::Clock> clock;
  /// For the ids of requests that the server refuses itself.
  std::shared_ptr<core::Random> random;
};

/// Binds and listens. Fails with HttpError. What handlers still wait for when stop() gives up on
/// them is destroyed with the server, so it has to outlive whatever posts to their executor (a
/// WorkPool).
[[nodiscard]] core::Result<std::unique_ptr<Server>> make_server(ServerOptions options,
                                                                Handler handler, ServerParts parts);

}  // namespace graphrail::http
