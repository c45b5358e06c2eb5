#include "support/http_client.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace graphrail::test {
namespace {

constexpr int kTimeoutSeconds = 10;

bool same_name(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error("HttpClient: " + what); }

}  // namespace

std::string_view HttpReply::header(std::string_view name) const {
  for (const auto& [field, value] : headers) {
    if (same_name(field, name)) return value;
  }
  return {};
}

bool HttpReply::has(std::string_view name) const {
  return std::ranges::any_of(headers, [name](const auto& f) { return same_name(f.first, name); });
}

HttpClient::HttpClient(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
  const timeval timeout{kTimeoutSeconds, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &timeout, sizeof timeout);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &timeout, sizeof timeout);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const void* generic = &address;
  if (::connect(socket_, static_cast<const sockaddr*>(generic), sizeof address) != 0) {
    ::close(socket_);
    fail("cannot connect");
  }
}

HttpClient::~HttpClient() { ::close(socket_); }

HttpReply HttpClient::send(std::string_view method, std::string_view target, const Headers& headers,
                           std::string_view body) {
  std::string request = fmt::format("{} {} HTTP/1.1\r\nHost: 127.0.0.1\r\n", method, target);
  for (const auto& [name, value] : headers) request += fmt::format("{}: {}\r\n", name, value);
  if (!body.empty() || method == "POST")
    request += fmt::format("Content-Length: {}\r\n", body.size());
  request += "\r\n";
  // What the server refuses early it need not read, so a failed write is no failed exchange.
  write(request) && write(body);
  return read(method == "HEAD");
}

bool HttpClient::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void HttpClient::finish_writing() { ::shutdown(socket_, SHUT_WR); }

bool HttpClient::receive() {
  std::array<char, 16 * 1024> buffer{};
  const ssize_t count = ::recv(socket_, buffer.data(), buffer.size(), 0);
  if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) fail("the server stays silent");
  if (count <= 0) return false;
  received_.append(buffer.data(), static_cast<std::size_t>(count));
  return true;
}

bool HttpClient::is_at_end() { return received_.empty() && !receive(); }

std::string HttpClient::take(std::size_t size) {
  while (received_.size() < size) {
    if (!receive()) fail("the response ends too early");
  }
  std::string taken = received_.substr(0, size);
  received_.erase(0, size);
  return taken;
}

std::string HttpClient::take_line() {
  std::size_t end;
  while ((end = received_.find("\r\n")) == std::string::npos) {
    if (!receive()) fail("the response ends within a line");
  }
  std::string line = take(end + 2);
  line.resize(end);
  return line;
}

std::string HttpClient::take_chunks() {
  std::string body;
  while (const std::size_t size = std::stoul(take_line(), nullptr, 16)) {
    body += take(size);
    if (!take_line().empty()) fail("a chunk is longer than it says");
  }
  while (!take_line().empty()) {
  }
  return body;
}

HttpReply HttpClient::read(bool is_head) {
  HttpReply reply;
  if (is_at_end()) return reply;
  const std::string status_line = take_line();
  if (!status_line.starts_with("HTTP/1.") || status_line.size() < 12) fail("not HTTP");
  reply.status = std::stoi(status_line.substr(9, 3));
  for (std::string line = take_line(); !line.empty(); line = take_line()) {
    const auto colon = line.find(": ");
    if (colon == std::string::npos) fail("not a header field: " + line);
    reply.headers.emplace_back(line.substr(0, colon), line.substr(colon + 2));
  }
  if (is_head || reply.status == 204 || reply.status == 304) return reply;
  if (same_name(reply.header("Transfer-Encoding"), "chunked")) {
    reply.body = take_chunks();
  } else if (reply.has("Content-Length")) {
    reply.body = take(std::stoul(std::string(reply.header("Content-Length"))));
  } else {
    while (receive()) {
    }
    reply.body = std::exchange(received_, {});
  }
  return reply;
}

HttpReply send(std::uint16_t port, std::string_view method, std::string_view target,
               const Headers& headers, std::string_view body) {
  HttpClient client(port);
  return client.send(method, target, headers, body);
}

std::string gunzip(std::string_view packed) {
  constexpr int kGzipWindow = 15 + 16;
  std::string in(packed);
  std::string out;
  z_stream stream{};
  if (inflateInit2(&stream, kGzipWindow) != Z_OK) fail("zlib");
  const void* bytes = in.data();
  stream.next_in = const_cast<Bytef*>(static_cast<const Bytef*>(bytes));
  stream.avail_in = static_cast<uInt>(in.size());
  int state = Z_OK;
  while (state == Z_OK) {
    std::array<Bytef, 16 * 1024> buffer{};
    stream.next_out = buffer.data();
    stream.avail_out = static_cast<uInt>(buffer.size());
    state = inflate(&stream, Z_NO_FLUSH);
    out.append(buffer.begin(), buffer.begin() + (buffer.size() - stream.avail_out));
  }
  inflateEnd(&stream);
  if (state != Z_STREAM_END) fail("not gzip");
  return out;
}

}  // namespace graphrail::test
