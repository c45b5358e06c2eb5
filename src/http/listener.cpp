#include "http/listener.h"

#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <array>
#include <boost/asio/post.hpp>
#include <cerrno>
#include <cstring>
#include <utility>

#include "observe/log.h"

namespace graphrail::http {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;

/// Connections accepted before other work on the thread gets its turn.
constexpr int kMaxAcceptsInARow = 64;
/// Pause after running out of descriptors: some connection may end meanwhile.
constexpr std::chrono::milliseconds kPause{100};

asio::ip::address address_of(const sockaddr_storage& storage) {
  if (storage.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &storage, sizeof v4);
    return asio::ip::address_v4(ntohl(v4.sin_addr.s_addr));
  }
  sockaddr_in6 v6{};
  std::memcpy(&v6, &storage, sizeof v6);
  asio::ip::address_v6::bytes_type bytes;
  std::memcpy(bytes.data(), &v6.sin6_addr, bytes.size());
  return asio::ip::address_v6(bytes, v6.sin6_scope_id);
}

core::Result<tcp::endpoint> parse_endpoint(const ServerOptions& options) {
  std::string_view text = options.bind;
  if (text.starts_with('[') && text.ends_with(']')) text = text.substr(1, text.size() - 2);
  boost::system::error_code code;
  const auto address = asio::ip::make_address(std::string(text), code);
  if (code) {
    return core::fail(make_error_code(HttpError::kInvalidAddress),
                      {fmt::format("\"{}\" is not an IP address.", options.bind)});
  }
  return tcp::endpoint(address, options.port);
}

}  // namespace

core::Result<std::unique_ptr<Listener>> Listener::open(
    std::shared_ptr<ServerContext> context, const std::vector<std::unique_ptr<Worker>>& workers) {
  const core::Result<tcp::endpoint> endpoint = parse_endpoint(context->options);
  if (!endpoint) return core::fail(endpoint.error());
  auto listener = std::make_unique<Listener>(context, workers);
  if (const boost::system::error_code code = listener->bind(*endpoint)) {
    return core::fail(make_error_code(HttpError::kCannotListen),
                      {fmt::format("Cannot listen on {} port {}: {}.", context->options.bind,
                                   context->options.port, code.message())});
  }
  return listener;
}

Listener::Listener(std::shared_ptr<ServerContext> context,
                   const std::vector<std::unique_ptr<Worker>>& workers)
    : context_(std::move(context)),
      workers_(workers),
      acceptor_(workers.front()->io()),
      pause_timer_(workers.front()->io()),
      served_(context_->accepted.Add({{"outcome", "served"}})),
      refused_(context_->accepted.Add({{"outcome", "refused"}})) {}

boost::system::error_code Listener::bind(const tcp::endpoint& endpoint) {
  boost::system::error_code code;
  acceptor_.open(endpoint.protocol(), code);
  if (!code) acceptor_.set_option(tcp::acceptor::reuse_address(true), code);
  if (!code) acceptor_.bind(endpoint, code);
  if (!code) acceptor_.listen(asio::socket_base::max_listen_connections, code);
  // accept4 is called directly, until nothing waits.
  if (!code) acceptor_.native_non_blocking(true, code);
  if (!code) port_ = acceptor_.local_endpoint(code).port();
  return code;
}

void Listener::stop() {
  asio::post(acceptor_.get_executor(), [this] {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
    pause_timer_.cancel();
  });
}

void Listener::wait() {
  acceptor_.async_wait(tcp::acceptor::wait_read, [this](const boost::system::error_code& code) {
    if (!code && acceptor_.is_open()) accept_ready();
  });
}

void Listener::accept_ready() {
  bool is_drained = false;
  for (int i = 0; i < kMaxAcceptsInARow && !is_drained; ++i) {
    if (!accept_one(is_drained)) {
      pause();
      return;
    }
  }
  wait();
}

bool Listener::accept_one(bool& is_drained) {
  sockaddr_storage storage{};
  socklen_t size = sizeof storage;
  const int accepted = ::accept4(acceptor_.native_handle(), reinterpret_cast<sockaddr*>(&storage),
                                 &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
  if (accepted >= 0) {
    has_warned_ = false;
    deal_out(Descriptor(accepted), address_of(storage));
    return true;
  }
  if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM) return false;
  // Anything else concerns the one connection that came to nothing (accept(2)).
  is_drained = errno == EAGAIN || errno == EWOULDBLOCK;
  return true;
}

void Listener::pause() {
  if (!std::exchange(has_warned_, true)) {
    observe::log_warn("cannot accept connections", {{"cause", std::strerror(errno)}});
  }
  pause_timer_.expires_after(kPause);
  pause_timer_.async_wait([this](const boost::system::error_code& code) {
    if (!code && acceptor_.is_open()) accept_ready();
  });
}

void Listener::deal_out(Descriptor descriptor, asio::ip::address peer) {
  const int enabled = 1;
  ::setsockopt(descriptor.get(), IPPROTO_TCP, TCP_NODELAY, &enabled, sizeof enabled);
  Worker& worker = *workers_[next_worker_];
  next_worker_ = (next_worker_ + 1) % workers_.size();
  if (context_->connection_count.try_add(context_->options.max_connections)) {
    served_.Increment();
    worker.adopt(std::move(descriptor), std::move(peer));
  } else {
    refused_.Increment();
    worker.refuse(std::move(descriptor), std::move(peer));
  }
}

}  // namespace graphrail::http
