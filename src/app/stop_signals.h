// Waits for the signals that ask a server to end. Made before anything starts, so that none is
// missed; once it is gone, the next signal has its usual effect.
#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <csignal>

namespace graphrail::app {

class StopSignals {
 public:
  /// Blocks until SIGTERM or SIGINT; returns the signal's number.
  int wait() {
    int received = 0;
    signals_.async_wait(
        [&received](const boost::system::error_code&, int number) { received = number; });
    context_.run();
    return received;
  }

 private:
  boost::asio::io_context context_{1};
  boost::asio::signal_set signals_{context_, SIGTERM, SIGINT};
};

}  // namespace graphrail::app
