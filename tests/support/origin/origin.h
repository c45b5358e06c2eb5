// A scripted HTTP(S) server on 127.0.0.1: one thread per connection, blocking, so that a script is
// a plain function that writes bytes, pauses, or goes silent. Ends with the object: every pause and
// write returns false then.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "support/origin/certificate_authority.h"

namespace graphrail::test_support {

struct OriginRequest {
  std::string method;
  std::string target;
  /// Names in lower case.
  std::vector<std::pair<std::string, std::string>> fields;
  /// As long as Content-Length says, at most 4 MiB.
  std::string body;

  [[nodiscard]] std::string field(std::string_view name) const;
};

/// The server's end of one connection.
class OriginConnection {
 public:
  OriginConnection(int socket, SSL* tls, std::atomic<std::uint64_t>& written)
      : socket_(socket), tls_(tls), written_(written) {}

  /// False when the peer has gone or the server ends.
  bool write(std::string_view bytes);
  /// Waits; false when the peer has gone or the server ends meanwhile.
  bool pause(std::chrono::milliseconds time);
  /// Says nothing until the peer goes, at most a minute.
  void stay_silent();
  /// Reads a request; false at the end of the connection.
  bool read_request(OriginRequest& request);

 private:
  /// Appends what comes next; false at the end of the connection.
  bool read_some(std::string& text);

  int socket_;
  SSL* tls_;
  std::atomic<std::uint64_t>& written_;
};

using OriginScript = std::function<void(const OriginRequest&, OriginConnection&)>;

struct OriginOptions {
  /// Null for plain HTTP.
  CertificateAuthority* authority = nullptr;
  /// Name on the certificate when the client sends none (an IP literal).
  std::string default_name = "127.0.0.1";
  /// When set, every certificate is for this name, whatever the client asks for.
  std::string forced_name;
  /// Accepts the connection and never answers the TLS handshake.
  bool stall_handshake = false;
  /// Reads further requests from a connection after the script has answered one.
  bool keep_alive = false;
};

class Origin {
 public:
  Origin(OriginOptions options, OriginScript script);
  ~Origin();
  Origin(const Origin&) = delete;
  Origin& operator=(const Origin&) = delete;

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  /// Requests seen so far, in order of arrival.
  [[nodiscard]] std::vector<OriginRequest> requests() const;
  /// Connections accepted so far.
  [[nodiscard]] std::size_t connections() const;
  /// Plain bytes written to clients so far.
  [[nodiscard]] std::uint64_t bytes_written() const noexcept { return written_; }

 private:
  void accept_all();
  void serve(int socket);
  void serve_tls(int socket);
  void talk(OriginConnection connection);
  static int on_server_name(SSL* tls, int* alert, void* self);

  OriginOptions options_;
  OriginScript script_;
  SSL_CTX* context_ = nullptr;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<bool> ending_ = false;
  std::atomic<std::uint64_t> written_ = 0;
  mutable std::mutex mutex_;
  std::vector<int> sockets_;
  std::vector<OriginRequest> requests_;
  std::vector<std::thread> threads_;
  std::thread acceptor_;
};

/// A complete response with Content-Length.
[[nodiscard]] std::string http_response(
    int status, std::string_view body,
    const std::vector<std::pair<std::string, std::string>>& fields = {});

}  // namespace graphrail::test_support
