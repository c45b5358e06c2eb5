// One exchange of HttpClient: a libcurl handle, the watch over silence, and the response on its way
// to the sink. Lives on the strand of its CurlMulti; one exchange per object.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <memory>
#include <optional>
#include <string>

#include "core/result.h"
#include "net/curl_easy.h"
#include "net/curl_multi.h"
#include "net/http_client.h"

namespace graphrail::net {

class HttpExchange : public std::enable_shared_from_this<HttpExchange> {
 public:
  HttpExchange(HttpCall call, std::string user_agent, std::shared_ptr<HttpSink> sink,
               std::shared_ptr<CurlMulti> multi);
  HttpExchange(const HttpExchange&) = delete;
  HttpExchange& operator=(const HttpExchange&) = delete;

  /// As HttpClient::send.
  boost::asio::awaitable<core::Result<void>> run();

 private:
  static std::size_t on_header(char* data, std::size_t size, std::size_t count, void* self);
  static std::size_t on_body(char* data, std::size_t size, std::size_t count, void* self);

  void configure();
  void add_headers();
  bool take_header(std::string_view line);
  bool take_body(std::string_view bytes);
  /// Moves the end of patience to `patience` from now; a moved end is noticed when the timer rings.
  void be_patient(std::chrono::milliseconds patience);
  void watch_silence();
  core::Result<void> conclude(CURLcode code);

  HttpCall call_;
  std::string user_agent_;
  std::shared_ptr<HttpSink> sink_;
  std::shared_ptr<CurlMulti> multi_;
  CurlUrl url_;
  Slist headers_;
  /// Below what it points to: libcurl reads those until the handle is gone.
  EasyHandle easy_;
  boost::asio::steady_timer silence_;
  CurlMulti::TimePoint patience_ends_;
  HeadParser head_;
  std::uint64_t body_bytes_ = 0;
  std::optional<HttpError> failure_;
  std::exception_ptr thrown_;
  bool head_told_ = false;
  bool enough_ = false;
  bool ended_ = false;
};

}  // namespace graphrail::net
