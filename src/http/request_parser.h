// Bytes in, one request out: HTTP/1.x parsing (RFC 9112) without a socket in sight, over Beast's
// parser. Adds what Beast leaves to its user: limits over the whole head, one Content-Length, no
// coding but chunked, Host, and the target's normal form. Any doubt about where a message ends is
// an error, so that nobody can smuggle a second request past a proxy.
// One object parses one request; it is used by one connection.
#pragma once

#include <boost/beast/http/basic_parser.hpp>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "http/message.h"

namespace graphrail::http {

/// Why a request cannot be served; becomes a problem response, after which the connection closes.
struct RequestFailure {
  int status = 400;
  std::string_view error;
  std::string_view detail;
};

struct ParserLimits {
  /// Request line and header fields together.
  std::size_t head_bytes = 16 * 1024;
  std::size_t body_bytes = 1024 * 1024;
  /// Fields that go to Request::secrets; must outlive the parser.
  std::span<const std::string> secret_fields;
};

class RequestParser final : private boost::beast::http::basic_parser<true> {
 public:
  /// Fills `request`, which outlives the parser: method, path, query, headers, body.
  RequestParser(const ParserLimits& limits, Request& request);

  /// Takes bytes from the front of `bytes` and returns how many; the caller offers the rest again
  /// together with what arrives later. Takes nothing behind the end of the request.
  std::size_t feed(std::string_view bytes);

  [[nodiscard]] const std::optional<RequestFailure>& failure() const noexcept { return failure_; }
  /// True once anything but empty lines has been offered.
  [[nodiscard]] bool has_begun() const noexcept { return has_begun_; }
  [[nodiscard]] bool is_head_complete() const noexcept { return is_head_complete_; }
  [[nodiscard]] bool is_complete() const noexcept { return is_done() && !failure_; }
  /// May the connection serve another request after this one.
  [[nodiscard]] bool keeps_alive() const { return keep_alive(); }
  [[nodiscard]] bool is_http_1_0() const noexcept { return version_ == 10; }
  /// The client waits for "100 Continue" before it sends the body.
  [[nodiscard]] bool expects_continue() const noexcept { return expects_continue_; }

 private:
  using Code = boost::beast::error_code;
  using Text = boost::beast::string_view;
  using Field = boost::beast::http::field;
  using Verb = boost::beast::http::verb;

  void on_request_impl(Verb verb, Text method, Text target, int version, Code& code) override;
  void on_response_impl(int, Text, int, Code&) override {}
  void on_field_impl(Field field, Text name, Text value, Code& code) override;
  void on_header_impl(Code& code) override;
  void on_body_init_impl(const boost::optional<std::uint64_t>& length, Code& code) override;
  std::size_t on_body_impl(Text body, Code& code) override;
  void on_chunk_header_impl(std::uint64_t, Text, Code& code) override;
  std::size_t on_chunk_body_impl(std::uint64_t, Text body, Code& code) override;
  void on_finish_impl(Code& code) override;

  [[nodiscard]] std::size_t feed_parser(std::string_view bytes);
  /// Takes `allowed`, which is all that the head may still have.
  [[nodiscard]] std::size_t feed_head(std::string_view allowed);
  void check_framing_field(Field field, std::string_view value);
  [[nodiscard]] bool is_secret(std::string_view name) const noexcept;
  void fail(int status, std::string_view error, std::string_view detail);
  void fail_from(Code code, std::string_view bytes);

  const ParserLimits limits_;
  Request& request_;
  std::optional<RequestFailure> failure_;
  std::size_t head_bytes_ = 0;
  int version_ = 11;
  unsigned hosts_ = 0;
  bool has_content_length_ = false;
  bool has_transfer_encoding_ = false;
  bool expects_continue_ = false;
  bool has_begun_ = false;
  bool is_head_complete_ = false;
};

}  // namespace graphrail::http
