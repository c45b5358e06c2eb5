// The listening socket: accepts on one worker's thread and deals connections out to all workers
// in turn. One socket instead of SO_REUSEPORT keeps the workers equally loaded, and lets a second
// server find the port taken.
#pragma once

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "http/worker.h"

namespace graphrail::http {

class Listener {
 public:
  /// Binds and listens; accepting starts with start(). Fails with HttpError.
  [[nodiscard]] static core::Result<std::unique_ptr<Listener>> open(
      std::shared_ptr<ServerContext> context, const std::vector<std::unique_ptr<Worker>>& workers);

  Listener(std::shared_ptr<ServerContext> context,
           const std::vector<std::unique_ptr<Worker>>& workers);

  [[nodiscard]] std::uint16_t port() const noexcept { return port_; }
  void start() { wait(); }
  /// Stops accepting; from any thread.
  void stop();

 private:
  boost::system::error_code bind(const boost::asio::ip::tcp::endpoint& endpoint);
  void wait();
  void accept_ready();
  /// False when the listener must pause: the process or the system has no descriptor left.
  bool accept_one(bool& is_drained);
  void pause();
  void deal_out(Descriptor descriptor, boost::asio::ip::address peer);

  const std::shared_ptr<ServerContext> context_;
  const std::vector<std::unique_ptr<Worker>>& workers_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::steady_timer pause_timer_;
  std::uint16_t port_ = 0;
  std::size_t next_worker_ = 0;
  bool has_warned_ = false;
  prometheus::Counter& served_;
  prometheus::Counter& refused_;
};

}  // namespace graphrail::http
