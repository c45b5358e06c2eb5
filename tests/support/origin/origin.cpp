#include "support/origin/origin.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace graphrail::test_support {
namespace {

constexpr std::size_t kMaxRequestBytes = 64 * 1024;
constexpr std::size_t kMaxBodyBytes = 4 * 1024 * 1024;

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

/// Writing to a client that has left must give an error, not end the process.
void block_sigpipe() {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

int listen_on_loopback(std::uint16_t& port) {
  const int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (listener < 0 || bind(listener, generic, size) != 0 || listen(listener, 256) != 0 ||
      getsockname(listener, generic, &size) != 0) {
    throw std::runtime_error("origin: cannot listen on loopback");
  }
  port = ntohs(address.sin_port);
  return listener;
}

}  // namespace

std::string OriginRequest::field(std::string_view name) const {
  for (const auto& [key, value] : fields) {
    if (key == name) return value;
  }
  return {};
}

bool OriginConnection::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t piece = std::min<std::size_t>(bytes.size(), 1 << 20);
    const auto done = tls_ != nullptr ? SSL_write(tls_, bytes.data(), static_cast<int>(piece))
                                      : send(socket_, bytes.data(), piece, MSG_NOSIGNAL);
    if (done <= 0) return false;
    written_ += static_cast<std::uint64_t>(done);
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return true;
}

bool OriginConnection::pause(std::chrono::milliseconds time) {
  pollfd item{socket_, POLLRDHUP, 0};
  return poll(&item, 1, static_cast<int>(time.count())) == 0;
}

void OriginConnection::stay_silent() { pause(std::chrono::minutes(1)); }

bool OriginConnection::read_some(std::string& text) {
  char buffer[4096];
  const auto got = tls_ != nullptr ? SSL_read(tls_, buffer, sizeof(buffer))
                                   : recv(socket_, buffer, sizeof(buffer), 0);
  if (got <= 0) return false;
  text.append(buffer, static_cast<std::size_t>(got));
  return true;
}

bool OriginConnection::read_request(OriginRequest& request) {
  std::string text;
  while (text.find("\r\n\r\n") == text.npos) {
    if (text.size() > kMaxRequestBytes || !read_some(text)) return false;
  }
  std::size_t end = text.find("\r\n");
  const std::string line = text.substr(0, end);
  const std::size_t space = line.find(' ');
  request.method = line.substr(0, space);
  request.target = line.substr(space + 1, line.rfind(' ') - space - 1);
  for (std::size_t at = end + 2; text.compare(at, 2, "\r\n") != 0; at = end + 2) {
    end = text.find("\r\n", at);
    const std::size_t colon = text.find(':', at);
    const std::size_t value = text.find_first_not_of(' ', colon + 1);
    request.fields.emplace_back(lower(text.substr(at, colon - at)),
                                text.substr(value, end - value));
  }
  const std::string length_text = request.field("content-length");
  std::size_t length = 0;
  std::from_chars(length_text.data(), length_text.data() + length_text.size(), length);
  request.body = text.substr(text.find("\r\n\r\n") + 4);
  length = std::min(length, kMaxBodyBytes);
  while (request.body.size() < length) {
    if (!read_some(request.body)) return false;
  }
  return true;
}

Origin::Origin(OriginOptions options, OriginScript script)
    : options_(std::move(options)), script_(std::move(script)) {
  listener_ = listen_on_loopback(port_);
  if (options_.authority != nullptr) {
    context_ = SSL_CTX_new(TLS_server_method());
    if (context_ == nullptr) throw std::runtime_error("origin: no TLS");
    const std::string& name =
        options_.forced_name.empty() ? options_.default_name : options_.forced_name;
    SSL_CTX_use_certificate(context_, options_.authority->leaf(name));
    SSL_CTX_use_PrivateKey(context_, options_.authority->leaf_key());
    SSL_CTX_set_tlsext_servername_callback(context_, &Origin::on_server_name);
    SSL_CTX_set_tlsext_servername_arg(context_, this);
    // Buffers of idle connections would blur the memory figures of the client under test.
    SSL_CTX_set_mode(context_, SSL_MODE_RELEASE_BUFFERS);
  }
  acceptor_ = std::thread([this] { accept_all(); });
}

Origin::~Origin() {
  ending_ = true;
  shutdown(listener_, SHUT_RDWR);
  acceptor_.join();
  {
    const std::lock_guard lock(mutex_);
    for (const int socket : sockets_) shutdown(socket, SHUT_RDWR);
  }
  for (std::thread& thread : threads_) thread.join();
  for (const int socket : sockets_) close(socket);
  close(listener_);
  SSL_CTX_free(context_);
}

std::vector<OriginRequest> Origin::requests() const {
  const std::lock_guard lock(mutex_);
  return requests_;
}

std::size_t Origin::connections() const {
  const std::lock_guard lock(mutex_);
  return sockets_.size();
}

int Origin::on_server_name(SSL* tls, int*, void* self) {
  auto& origin = *static_cast<Origin*>(self);
  const char* name = SSL_get_servername(tls, TLSEXT_NAMETYPE_host_name);
  if (name != nullptr && origin.options_.forced_name.empty()) {
    SSL_use_certificate(tls, origin.options_.authority->leaf(name));
    SSL_use_PrivateKey(tls, origin.options_.authority->leaf_key());
  }
  return SSL_TLSEXT_ERR_OK;
}

void Origin::accept_all() {
  while (!ending_) {
    const int socket = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    const std::lock_guard lock(mutex_);
    // Closed by the destructor only, so that a number is not reused under a running thread.
    sockets_.push_back(socket);
    threads_.emplace_back([this, socket] {
      block_sigpipe();
      if (context_ != nullptr) {
        serve_tls(socket);
      } else {
        talk(OriginConnection(socket, nullptr, written_));
      }
      shutdown(socket, SHUT_RDWR);
    });
  }
}

void Origin::serve_tls(int socket) {
  if (options_.stall_handshake) {
    OriginConnection(socket, nullptr, written_).stay_silent();
    return;
  }
  SSL* tls = SSL_new(context_);
  SSL_set_fd(tls, socket);
  if (SSL_accept(tls) == 1) {
    talk(OriginConnection(socket, tls, written_));
    SSL_shutdown(tls);
  }
  SSL_free(tls);
}

void Origin::talk(OriginConnection connection) {
  do {
    OriginRequest request;
    if (!connection.read_request(request)) return;
    {
      const std::lock_guard lock(mutex_);
      requests_.push_back(request);
    }
    script_(request, connection);
  } while (options_.keep_alive && !ending_);
}

std::string http_response(int status, std::string_view body,
                          const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string text = fmt::format("HTTP/1.1 {} Scripted\r\n", status);
  for (const auto& [name, value] : fields) text += fmt::format("{}: {}\r\n", name, value);
  text += fmt::format("Content-Length: {}\r\nConnection: close\r\n\r\n", body.size());
  return text.append(body);
}

}  // namespace graphrail::test_support
