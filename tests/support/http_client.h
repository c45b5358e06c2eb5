// A small blocking HTTP/1.1 client for tests: one connection per object, every wait limited. It
// shares no code with the server, so that the two cannot agree on a mistake.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace graphrail::test {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A response as it came over the wire, chunks joined, compression left alone.
struct HttpReply {
  /// 0 when the server closed the connection without a response.
  int status = 0;
  Headers headers;
  std::string body;

  /// First value of that name, any case; empty when absent.
  [[nodiscard]] std::string_view header(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const;
};

/// Not thread-safe. Throws std::runtime_error when the server cannot be reached, stays silent for
/// ten seconds, or answers something that is not HTTP.
class HttpClient {
 public:
  explicit HttpClient(std::uint16_t port);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Sends a request with Host and, for a body or POST, Content-Length; reads its response.
  HttpReply send(std::string_view method, std::string_view target, const Headers& headers = {},
                 std::string_view body = {});

  /// Sends bytes as they are. False when the server no longer takes them.
  bool write(std::string_view bytes);
  /// Says that nothing more will be sent.
  void finish_writing();
  /// Reads the next response; `is_head` when it answers HEAD and so has no body.
  HttpReply read(bool is_head = false);
  /// True once the server has closed the connection and everything it sent has been read.
  bool is_at_end();

 private:
  bool receive();
  std::string take(std::size_t size);
  std::string take_line();
  std::string take_chunks();

  int socket_ = -1;
  std::string received_;
};

/// One request on a connection of its own.
HttpReply send(std::uint16_t port, std::string_view method, std::string_view target,
               const Headers& headers = {}, std::string_view body = {});

/// Undoes gzip; throws std::runtime_error for anything else.
std::string gunzip(std::string_view packed);

}  // namespace graphrail::test
