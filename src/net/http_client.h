// Streaming HTTP towards servers that the operator configured (model servers, key sets, REST
// stores), over libcurl: TLS verified, redirects never followed, environment proxies off, private
// addresses allowed. Never for addresses that a user typed: those go through net/fetcher.h.
// Connections are kept and reused. Safe from any thread; exchanges and sinks run on executor().
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/secret.h"
#include "net/http_error.h"
#include "net/response_head.h"
#include "net/url.h"

namespace graphrail::net {

/// A header whose value must not stay in memory: "name: prefix" and the secret's bytes.
struct SecretHeader {
  std::string name;
  std::string prefix;
  std::shared_ptr<const core::Secret> value;
};

struct HttpCall {
  std::string method = "GET";
  Url url;
  /// Whole lines, "Name: value", without line breaks.
  std::vector<std::string> headers;
  std::optional<SecretHeader> secret;
  /// Sent when the method is not GET.
  std::string body;
  /// Of the whole exchange.
  std::chrono::steady_clock::time_point deadline;
  std::chrono::milliseconds connect_timeout{5'000};
  /// Longest silence up to the first byte of the body; zero for the stall timeout's.
  std::chrono::milliseconds first_byte_timeout{0};
  /// Longest silence between bytes.
  std::chrono::milliseconds stall_timeout{60'000};
  std::uint64_t max_body_bytes = 1024 * 1024;
  /// PEM file of trust anchors; empty for the system's.
  std::string ca_file;
};

/// What a reader of a body wants next.
enum class BodyWish : std::uint8_t {
  kMore,
  /// Everything needed is there; the end is waited for briefly, so that the connection can be kept.
  kDrain,
  /// Enough: the exchange ends as a success and the connection is closed.
  kStop,
};

/// Receives a response piece by piece, on HttpClient::executor(). May throw: the exchange then ends
/// and send() throws the same.
class HttpSink {
 public:
  virtual ~HttpSink() = default;
  /// Once, before the body; interim responses are skipped.
  virtual void on_head(const ResponseHead& head) = 0;
  virtual BodyWish on_body(std::string_view bytes) = 0;
};

/// A response that was collected.
struct HttpResponse {
  ResponseHead head;
  std::string body;
};

struct HttpClientOptions {
  std::size_t kept_connections = 16;
  std::string user_agent = "graphrail";
};

class HttpClient {
 public:
  /// `executor` must outlive the object and every call under way.
  HttpClient(const boost::asio::any_io_executor& executor, HttpClientOptions options);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Runs one exchange. Success means that the response came to its end or the sink had enough,
  /// whatever its status. Fails with HttpError values; throws operation_aborted when cancelled
  /// (terminal), with the connection closed.
  boost::asio::awaitable<core::Result<void>> send(HttpCall call,
                                                  std::shared_ptr<HttpSink> sink) const;

  /// The same for small answers: collects head and body.
  boost::asio::awaitable<core::Result<HttpResponse>> collect(HttpCall call) const;

  /// A strand: runs one thing at a time.
  [[nodiscard]] boost::asio::any_io_executor executor() const noexcept;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace graphrail::net
