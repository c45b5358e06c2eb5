// libcurl's multi interface driven by Asio: many transfers on one strand, no thread of its own.
// libcurl asks for readiness of sockets and for one timer; both are Asio objects here. Everything
// but create() must be called on strand().
#pragma once

#include <curl/curl.h>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <unordered_map>
#include <unordered_set>

namespace graphrail::net {

class CurlMulti : public std::enable_shared_from_this<CurlMulti> {
 public:
  using Strand = boost::asio::strand<boost::asio::any_io_executor>;
  using TimePoint = std::chrono::steady_clock::time_point;

  /// Initialises libcurl on first use. `executor` must outlive the object. `kept_connections` stay
  /// open for later transfers to the same server; with 0 none is ever kept, so that no transfer
  /// skips the guards of its own connection.
  [[nodiscard]] static std::shared_ptr<CurlMulti> create(
      const boost::asio::any_io_executor& executor, std::size_t kept_connections = 0);
  ~CurlMulti();
  CurlMulti(const CurlMulti&) = delete;
  CurlMulti& operator=(const CurlMulti&) = delete;

  [[nodiscard]] const Strand& strand() const noexcept { return strand_; }

  /// Runs `easy` to its end; CURLE_OPERATION_TIMEDOUT when `deadline` comes first. `easy` must
  /// outlive the call. Throws operation_aborted when cancelled; in every case libcurl has let go of
  /// the handle afterwards.
  boost::asio::awaitable<CURLcode> perform(CURL* easy, TimePoint deadline);

  /// Makes the perform() of `easy` end with `code`; its connection is closed. No effect when it has
  /// ended already. Not from inside a callback of libcurl's.
  void stop(CURL* easy, CURLcode code);

 private:
  struct Watch;
  struct Running;
  class Removal;

  CurlMulti(const boost::asio::any_io_executor& executor, std::size_t kept_connections);

  static int on_socket(CURL* easy, curl_socket_t socket, int what, void* self, void* watch);
  static int on_timer(CURLM* multi, long timeout_ms, void* self);
  static int on_opened(void* self, curl_socket_t socket, curlsocktype purpose);
  static int on_close(void* self, curl_socket_t socket);

  void ring_later();
  void ring();
  void watch_socket(curl_socket_t socket, int what);
  void rest_socket(curl_socket_t socket);
  void arm(const std::shared_ptr<Watch>& watch, int direction);
  void forget_socket(curl_socket_t socket);
  void act(curl_socket_t socket, int event);
  void collect_finished();

  Strand strand_;
  CURLM* multi_;
  boost::asio::steady_timer timer_;
  /// When libcurl wants to be called next.
  TimePoint due_ = TimePoint::max();
  /// When timer_ rings; it is only set anew to ring sooner.
  TimePoint armed_ = TimePoint::max();
  bool is_ring_posted_ = false;
  std::unordered_map<curl_socket_t, std::shared_ptr<Watch>> watches_;
  /// Sockets whose end libcurl announces: their watches outlive a transfer.
  std::unordered_set<curl_socket_t> opened_;
  std::unordered_map<CURL*, Running*> running_;
};

}  // namespace graphrail::net
