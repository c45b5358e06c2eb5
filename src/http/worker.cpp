#include "http/worker.h"

#include <algorithm>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

#include "http/http_date.h"
#include "observe/log.h"

namespace graphrail::http {
namespace {

namespace asio = boost::asio;
using std::chrono::milliseconds;

constexpr milliseconds kLongestSweepInterval{250};
constexpr milliseconds kShortestSweepInterval{5};
constexpr std::size_t kMaxSpareRequests = 64;
/// Refused clients that are given time to read why; more than that are just closed.
constexpr std::size_t kMaxLingeringRefusals = 256;

constexpr RequestFailure kNoRoom{503, "service_unavailable",
                                 "The server has as many connections as it can serve."};

/// A quarter of the shortest timeout, so that a deadline is late by a quarter at most.
milliseconds choose_sweep_interval(const ServerOptions& options) {
  const milliseconds shortest = std::min(
      {options.header_timeout, options.body_timeout, options.idle_timeout, options.write_timeout});
  return std::clamp(shortest / 4, kShortestSweepInterval, kLongestSweepInterval);
}

}  // namespace

Worker::Worker(std::shared_ptr<ServerContext> context)
    : context_(std::move(context)),
      sweep_interval_(choose_sweep_interval(context_->options)),
      idle_gauge_(context_->connections.Add({{"state", "idle"}})),
      active_gauge_(context_->connections.Add({{"state", "active"}})) {
  refresh_time();
}

Worker::~Worker() { join(); }

void Worker::start() {
  schedule_sweep();
  thread_ = std::thread([this] { io_.run(); });
}

void Worker::join() {
  io_.stop();
  if (thread_.joinable()) thread_.join();
}

std::shared_ptr<Connection> Worker::make_connection(Descriptor descriptor, asio::ip::address peer) {
  const auto protocol = peer.is_v6() ? asio::ip::tcp::v6() : asio::ip::tcp::v4();
  Connection::Socket socket(io_.get_executor());
  boost::system::error_code code;
  socket.assign(protocol, descriptor.get(), code);
  if (code) return nullptr;
  (void)descriptor.release();
  socket.non_blocking(true, code);
  if (code) return nullptr;
  return std::make_shared<Connection>(*this, std::move(socket), std::move(peer));
}

void Worker::adopt(Descriptor descriptor, asio::ip::address peer) {
  asio::post(io_, [this, descriptor = std::move(descriptor), peer = std::move(peer)]() mutable {
    auto connection = make_connection(std::move(descriptor), std::move(peer));
    if (!connection) {
      context_->connection_count.remove();
      return;
    }
    // The completion handler holds the connection: its cancellation signal must outlast the whole
    // coroutine, the part that Asio wraps around run() included.
    asio::co_spawn(io_, connection->run(),
                   asio::bind_cancellation_slot(connection->cancellation_slot(),
                                                [this, connection](const std::exception_ptr&) {
                                                  context_->connection_count.remove();
                                                }));
  });
}

void Worker::refuse(Descriptor descriptor, asio::ip::address peer) {
  asio::post(io_, [this, descriptor = std::move(descriptor), peer = std::move(peer)]() mutable {
    if (refusals_ >= kMaxLingeringRefusals) return;
    auto connection = make_connection(std::move(descriptor), std::move(peer));
    if (!connection) return;
    ++refusals_;
    asio::co_spawn(io_, connection->run_refusal(kNoRoom),
                   asio::bind_cancellation_slot(
                       connection->cancellation_slot(),
                       [this, connection](const std::exception_ptr&) { --refusals_; }));
  });
}

void Worker::begin_stop() {
  asio::post(io_, [this] {
    is_stopping_ = true;
    for (Connection& connection : connections_) connection.close_if_idle();
  });
}

void Worker::cancel_connections() {
  asio::post(io_, [this] {
    std::vector<std::shared_ptr<Connection>> all;
    for (Connection& connection : connections_) all.push_back(connection.shared_from_this());
    for (const auto& connection : all) connection->cancel();
  });
}

std::shared_ptr<Request> Worker::take_request() {
  if (spare_requests_.empty()) return std::make_shared<Request>();
  std::shared_ptr<Request> request = std::move(spare_requests_.back());
  spare_requests_.pop_back();
  return request;
}

void Worker::give_back(std::shared_ptr<Request> request) {
  if (request.use_count() != 1 || spare_requests_.size() >= kMaxSpareRequests) return;
  request->clear();
  spare_requests_.push_back(std::move(request));
}

void Worker::schedule_sweep() {
  sweep_timer_.expires_after(sweep_interval_);
  sweep_timer_.async_wait([this](const boost::system::error_code& code) {
    if (!code) sweep();
  });
}

void Worker::refresh_time() {
  now_ = context_->clock->steady_now();
  const std::int64_t second = context_->clock->unix_seconds();
  if (second == date_second_) return;
  date_second_ = second;
  date_line_ = "Date: " + format_http_date(second) + "\r\n";
}

void Worker::sweep() {
  refresh_time();
  find_gone_clients();
  std::size_t idle = 0;
  std::size_t active = 0;
  for (Connection& connection : connections_) {
    ++(connection.is_idle() ? idle : active);
    connection.enforce_deadline(now_);
  }
  publish_connections(idle, active);
  schedule_sweep();
}

void Worker::find_gone_clients() {
  watched_descriptors_.clear();
  watched_connections_.clear();
  for (Connection& connection : connections_) {
    if (!connection.is_watched() || connection.is_client_gone()) continue;
    watched_descriptors_.push_back(
        {.fd = connection.native_handle(), .events = POLLRDHUP, .revents = 0});
    watched_connections_.push_back(connection.shared_from_this());
  }
  if (watched_descriptors_.empty()) return;
  // One call for all; POLLRDHUP tells of a closed peer even behind unread pipelined requests.
  if (::poll(watched_descriptors_.data(), watched_descriptors_.size(), 0) > 0) {
    for (std::size_t i = 0; i < watched_descriptors_.size(); ++i) {
      if (watched_descriptors_[i].revents != 0) watched_connections_[i]->mark_client_gone();
    }
  }
  watched_connections_.clear();
}

void Worker::publish_connections(std::size_t idle, std::size_t active) {
  // All workers share the two gauges, so each adds what changed on its side.
  idle_gauge_.Increment(static_cast<double>(idle) - static_cast<double>(published_idle_));
  active_gauge_.Increment(static_cast<double>(active) - static_cast<double>(published_active_));
  published_idle_ = idle;
  published_active_ = active;
}

}  // namespace graphrail::http
