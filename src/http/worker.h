// One I/O thread with its io_context, the connections that live on it, and the sweep that looks at
// their deadlines a few times a second instead of one timer for each operation.
#pragma once

#include <poll.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/intrusive/list.hpp>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "http/connection.h"
#include "http/descriptor.h"
#include "http/server_context.h"

namespace graphrail::http {

class Worker {
 public:
  explicit Worker(std::shared_ptr<ServerContext> context);
  /// Ends the thread and destroys what is still suspended on it.
  ~Worker();
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // From any thread.
  void start();
  /// Serves the connection, which has been counted.
  void adopt(Descriptor descriptor, boost::asio::ip::address peer);
  /// Tells the client that there is no room, then closes.
  void refuse(Descriptor descriptor, boost::asio::ip::address peer);
  void begin_stop();
  void cancel_connections();
  void join();

  // From this worker's thread.
  [[nodiscard]] boost::asio::io_context& io() noexcept { return io_; }
  [[nodiscard]] ServerContext& context() noexcept { return *context_; }
  [[nodiscard]] bool is_stopping() const noexcept { return is_stopping_; }
  /// The time of the last sweep: exact enough for deadlines, and free.
  [[nodiscard]] Connection::Time now() const noexcept { return now_; }
  /// "Date: …\r\n" of the last sweep.
  [[nodiscard]] std::string_view date_line() const noexcept { return date_line_; }
  /// An empty request, recycled where possible.
  [[nodiscard]] std::shared_ptr<Request> take_request();
  /// Takes a request back unless a handler still holds it.
  void give_back(std::shared_ptr<Request> request);
  void link(Connection& connection) { connections_.push_back(connection); }
  void unlink(Connection& connection) { connections_.erase(connections_.iterator_to(connection)); }

 private:
  /// Null when the descriptor cannot be watched.
  [[nodiscard]] std::shared_ptr<Connection> make_connection(Descriptor descriptor,
                                                            boost::asio::ip::address peer);
  void schedule_sweep();
  void sweep();
  void refresh_time();
  void find_gone_clients();
  void publish_connections(std::size_t idle, std::size_t active);

  const std::shared_ptr<ServerContext> context_;
  const std::chrono::milliseconds sweep_interval_;
  bool is_stopping_ = false;
  std::size_t refusals_ = 0;
  Connection::Time now_;
  std::int64_t date_second_ = -1;
  std::string date_line_;
  std::vector<std::shared_ptr<Request>> spare_requests_;
  std::vector<pollfd> watched_descriptors_;
  std::vector<std::shared_ptr<Connection>> watched_connections_;
  prometheus::Gauge& idle_gauge_;
  prometheus::Gauge& active_gauge_;
  std::size_t published_idle_ = 0;
  std::size_t published_active_ = 0;
  boost::intrusive::list<Connection> connections_;
  // After everything that suspended coroutines refer to.
  boost::asio::io_context io_{1};
  boost::asio::steady_timer sweep_timer_{io_};
  std::thread thread_;
};

}  // namespace graphrail::http
