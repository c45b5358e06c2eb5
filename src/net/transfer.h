// One HTTP exchange over libcurl with everything switched off that could lead it elsewhere: pinned
// addresses, two independent connection guards, no redirects, proxies, reuse, cookies or other
// protocols. Lives on the strand of its CurlMulti; one exchange per object.
#pragma once

#include <curl/curl.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/result.h"
#include "net/address_policy.h"
#include "net/body_sink.h"
#include "net/connector.h"
#include "net/curl_multi.h"
#include "net/response_head.h"
#include "net/url.h"

namespace graphrail::net {

struct TransferRequest {
  Url url;
  /// Vetted; the only places that may be connected to.
  std::vector<boost::asio::ip::address> addresses;
  /// Whole header lines, "Name: value", without line breaks.
  std::vector<std::string> headers;
  std::string user_agent;
  /// PEM file of trust anchors; empty for the system's.
  std::string ca_file;
  std::chrono::milliseconds connect_timeout{5000};
  /// Until the deadline given to run(), for libcurl's own timer.
  std::chrono::milliseconds time_left{10000};
  BodyLimits body;
  /// The request carries a validator.
  bool conditional = false;
};

/// What came back. `body` only when the head said so.
struct TransferResponse {
  ResponseHead head;
  HeadVerdict verdict;
  std::string body;
  BodyBudget::Lease body_lease;
};

class Transfer : public std::enable_shared_from_this<Transfer> {
 public:
  Transfer(TransferRequest request, const AddressPolicy& policy,
           std::shared_ptr<Connector> connector, std::shared_ptr<BodyBudget> budget,
           std::shared_ptr<CurlMulti> multi);
  ~Transfer();
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  /// Runs the exchange until `deadline`. Fails with FetchError values; throws operation_aborted
  /// when cancelled.
  boost::asio::awaitable<core::Result<TransferResponse>> run(CurlMulti::TimePoint deadline);

  /// For the receipt, also after a failure.
  [[nodiscard]] const ResponseHead& head() const noexcept { return head_.head(); }
  [[nodiscard]] const BodySink& sink() const noexcept { return sink_; }
  /// Addresses dialled, in order (as vetted, before any routing).
  [[nodiscard]] const std::vector<boost::asio::ip::address>& dialled() const noexcept {
    return dialled_;
  }

 private:
  struct Handles;

  static curl_socket_t on_open_socket(void* self, curlsocktype purpose, curl_sockaddr* address);
  static int on_connected(void* self, char* peer, char* local, int peer_port, int local_port);
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);

  void configure();
  void configure_guards();
  void configure_callbacks();
  bool may_dial(const boost::asio::ip::tcp::endpoint& endpoint) const;
  bool take_header(std::string_view line);
  std::size_t take_body(std::string_view bytes);
  void fail(core::Error error);
  void wait_for_budget();
  void wake();
  boost::asio::awaitable<void> settle_body(CurlMulti::TimePoint deadline);
  core::Result<TransferResponse> conclude(CURLcode code);

  TransferRequest request_;
  const AddressPolicy& policy_;
  std::shared_ptr<Connector> connector_;
  std::shared_ptr<BodyBudget> budget_;
  std::shared_ptr<CurlMulti> multi_;
  std::unique_ptr<Handles> handles_;
  boost::asio::steady_timer woken_;
  HeadParser head_;
  std::optional<HeadVerdict> verdict_;
  BodySink sink_;
  std::optional<core::Error> failure_;
  std::vector<boost::asio::ip::address> dialled_;
  std::vector<boost::asio::ip::tcp::endpoint> routed_;
  bool paused_ = false;
};

}  // namespace graphrail::net
