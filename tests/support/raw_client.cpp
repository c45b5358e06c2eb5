#include "support/raw_client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

namespace graphrail::test {
namespace {

using Clock = std::chrono::steady_clock;

int milliseconds_until(Clock::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
  return static_cast<int>(std::max<std::int64_t>(left.count(), 0));
}

bool equal_names(const std::string& left, std::string_view right) {
  return left.size() == right.size() && strncasecmp(left.data(), right.data(), left.size()) == 0;
}

int connect_to(std::uint16_t port, bool is_ipv6) {
  const int socket = ::socket(is_ipv6 ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (socket < 0) throw std::runtime_error("no socket");
  sockaddr_in v4{};
  v4.sin_family = AF_INET;
  v4.sin_port = htons(port);
  v4.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(port);
  v6.sin6_addr = in6addr_loopback;
  const int result = is_ipv6 ? ::connect(socket, reinterpret_cast<sockaddr*>(&v6), sizeof v6)
                             : ::connect(socket, reinterpret_cast<sockaddr*>(&v4), sizeof v4);
  if (result == 0) return socket;
  ::close(socket);
  throw std::runtime_error("cannot connect");
}

}  // namespace

std::string RawResponse::header(std::string_view name) const {
  for (const auto& [field, value] : headers) {
    if (equal_names(field, name)) return value;
  }
  return {};
}

bool RawResponse::has_header(std::string_view name) const {
  return std::ranges::any_of(headers, [&](const auto& f) { return equal_names(f.first, name); });
}

RawClient::RawClient(std::uint16_t port, bool is_ipv6) : socket_(connect_to(port, is_ipv6)) {}

bool RawClient::send(std::string_view bytes) {
  const auto deadline = Clock::now() + kDeadline;
  while (!bytes.empty()) {
    pollfd ready{.fd = socket_, .events = POLLOUT, .revents = 0};
    if (::poll(&ready, 1, milliseconds_until(deadline)) <= 0) return false;
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0 && errno != EAGAIN && errno != EINTR) return false;
    if (sent > 0) bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

std::size_t RawClient::send_without_waiting(std::string_view bytes) {
  const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
  return sent > 0 ? static_cast<std::size_t>(sent) : 0;
}

bool RawClient::fill() {
  pollfd ready{.fd = socket_, .events = POLLIN, .revents = 0};
  if (::poll(&ready, 1, milliseconds_until(Clock::now() + kDeadline)) <= 0) return false;
  std::array<char, 65536> piece;
  const ssize_t count = ::recv(socket_, piece.data(), piece.size(), 0);
  if (count <= 0) return false;
  buffer_.append(piece.data(), static_cast<std::size_t>(count));
  return true;
}

std::optional<RawResponse> RawClient::read_response(bool is_head_request) {
  std::size_t end = buffer_.find("\r\n\r\n");
  while (end == std::string::npos) {
    if (!fill()) return std::nullopt;
    end = buffer_.find("\r\n\r\n");
  }
  const std::string head = buffer_.substr(0, end + 2);
  buffer_.erase(0, end + 4);
  RawResponse response;
  std::size_t at = head.find("\r\n") + 2;
  response.status = std::stoi(head.substr(9, 3));
  while (at < head.size()) {
    const std::size_t line_end = head.find("\r\n", at);
    const std::string line = head.substr(at, line_end - at);
    const std::size_t colon = line.find(": ");
    response.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
    at = line_end + 2;
  }
  const bool is_bodiless =
      is_head_request || response.status < 200 || response.status == 204 || response.status == 304;
  if (is_bodiless) {
    response.is_whole = true;
  } else if (response.header("Transfer-Encoding") == "chunked") {
    response.is_whole = read_chunked_body(response);
  } else if (response.has_header("Content-Length")) {
    response.is_whole = read_sized_body(response, std::stoul(response.header("Content-Length")));
  } else {
    const auto rest = read_to_end();
    response.is_whole = rest.has_value();
    response.body = rest.value_or("");
  }
  return response;
}

bool RawClient::read_sized_body(RawResponse& response, std::size_t length) {
  while (buffer_.size() < length) {
    if (!fill()) break;
  }
  response.body += buffer_.substr(0, length);
  const bool is_whole = buffer_.size() >= length;
  buffer_.erase(0, length);
  return is_whole;
}

bool RawClient::read_chunked_body(RawResponse& response) {
  for (;;) {
    std::size_t end = buffer_.find("\r\n");
    while (end == std::string::npos) {
      if (!fill()) return false;
      end = buffer_.find("\r\n");
    }
    const std::size_t length = std::stoul(buffer_.substr(0, end), nullptr, 16);
    buffer_.erase(0, end + 2);
    RawResponse line_end;
    if (!read_sized_body(response, length) || !read_sized_body(line_end, 2)) return false;
    if (length == 0) return true;
  }
}

std::string RawClient::read_some() {
  if (buffer_.empty()) fill();
  return std::exchange(buffer_, {});
}

std::string RawClient::read_until(std::string_view mark) {
  while (buffer_.find(mark) == std::string::npos) {
    if (!fill()) return std::exchange(buffer_, {});
  }
  const std::size_t end = buffer_.find(mark) + mark.size();
  std::string read = buffer_.substr(0, end);
  buffer_.erase(0, end);
  return read;
}

std::optional<std::string> RawClient::read_to_end() {
  const auto deadline = Clock::now() + kDeadline;
  while (fill()) {
  }
  if (Clock::now() >= deadline) return std::nullopt;
  return std::exchange(buffer_, {});
}

bool RawClient::has_answer_within(std::chrono::milliseconds patience) {
  pollfd ready{.fd = socket_, .events = POLLIN, .revents = 0};
  return !buffer_.empty() || ::poll(&ready, 1, static_cast<int>(patience.count())) > 0;
}

bool RawClient::has_ended_within(std::chrono::milliseconds patience) {
  pollfd ended{.fd = socket_, .events = POLLRDHUP, .revents = 0};
  return ::poll(&ended, 1, static_cast<int>(patience.count())) > 0;
}

void RawClient::shut_down_sending() { ::shutdown(socket_, SHUT_WR); }

void RawClient::reset() {
  const linger hard{.l_onoff = 1, .l_linger = 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
  close();
}

void RawClient::close() {
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
}

std::string make_get(std::string_view path, std::string_view header_lines) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: test\r\n" + std::string(header_lines) +
         "\r\n";
}

std::string make_post(std::string_view path, std::string_view body, std::string_view header_lines) {
  return "POST " + std::string(path) +
         " HTTP/1.1\r\nHost: test\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
         std::string(header_lines) + "\r\n" + std::string(body);
}

}  // namespace graphrail::test
