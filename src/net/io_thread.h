// One thread that runs an io_context: outbound traffic has its own, so that a slow page or a burst
// of TLS handshakes does not delay the answers of the server.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <chrono>
#include <future>
#include <optional>
#include <thread>

namespace graphrail::net {

/// Runs from construction to stop() or destruction. Objects that hold the executor must be gone
/// before the object is.
class IoThread {
 public:
  IoThread();
  /// Stops at once; what still waits is abandoned.
  ~IoThread();
  IoThread(const IoThread&) = delete;
  IoThread& operator=(const IoThread&) = delete;

  [[nodiscard]] boost::asio::any_io_executor executor() { return context_.get_executor(); }

  /// Lets what is under way come to its end, for at most `patience`, and joins the thread. False
  /// when something still waited. To be called while the contexts of those who wait for outbound
  /// results still exist: the thread resumes them. For one thread; a second call does nothing.
  bool stop(std::chrono::milliseconds patience);

 private:
  boost::asio::io_context context_{1};
  std::optional<boost::asio::executor_work_guard<boost::asio::io_context::executor_type>> guard_;
  std::promise<void> ended_;
  std::future<void> end_;
  std::thread thread_;
};

}  // namespace graphrail::net
