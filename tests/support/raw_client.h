// A raw HTTP client for tests: sends any bytes, reads responses with a deadline, and can behave
// badly on purpose. Blocking, one connection each; not for more than one thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace graphrail::test {

struct RawResponse {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  /// False when the connection ended before the body did.
  bool is_whole = false;

  /// First value of that name (compared without case), or "".
  [[nodiscard]] std::string header(std::string_view name) const;
  [[nodiscard]] bool has_header(std::string_view name) const;
};

class RawClient {
 public:
  static constexpr std::chrono::seconds kDeadline{20};

  /// Connects to the loopback address; throws std::runtime_error when that fails.
  explicit RawClient(std::uint16_t port, bool is_ipv6 = false);
  ~RawClient() { close(); }
  RawClient(RawClient&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// False when the server has closed its side and takes no more.
  bool send(std::string_view bytes);
  /// Sends as much as the socket takes without waiting; the number of bytes.
  std::size_t send_without_waiting(std::string_view bytes);
  /// Empty when the connection ends or the deadline passes before a head is there.
  std::optional<RawResponse> read_response(bool is_head_request = false);
  /// The next bytes, at least one; empty at the end of the connection.
  std::string read_some();
  /// Reads until `mark` has been seen; everything read up to its end.
  std::string read_until(std::string_view mark);
  /// Reads to the end of the connection. Empty optional: it did not end before the deadline.
  std::optional<std::string> read_to_end();
  /// True when the server has sent something, or closed, before `patience` ran out.
  bool has_answer_within(std::chrono::milliseconds patience);
  /// True when the server has closed or reset the connection before `patience` ran out; reads
  /// nothing.
  bool has_ended_within(std::chrono::milliseconds patience);
  void shut_down_sending();
  /// Closes with RST instead of FIN.
  void reset();
  void close();

 private:
  /// False at the end of the connection or at the deadline.
  bool fill();
  bool read_sized_body(RawResponse& response, std::size_t length);
  bool read_chunked_body(RawResponse& response);

  int socket_ = -1;
  std::string buffer_;
};

/// "GET path HTTP/1.1" with a Host, extra header lines ("Name: value\r\n") and the empty line.
[[nodiscard]] std::string make_get(std::string_view path, std::string_view header_lines = {});
/// A POST with Content-Length.
[[nodiscard]] std::string make_post(std::string_view path, std::string_view body,
                                    std::string_view header_lines = {});

}  // namespace graphrail::test
