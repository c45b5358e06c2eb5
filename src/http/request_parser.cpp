#include "http/request_parser.h"

#include <algorithm>
#include <string>

#include "http/target.h"

namespace graphrail::http {
namespace {

namespace beast_http = boost::beast::http;

/// Larger announced bodies grow as they arrive: an announcement alone must not cost memory.
constexpr std::size_t kMaxReservedBodyBytes = 64 * 1024;
/// Longest chunk header with its extensions, and longest trailer section.
constexpr std::size_t kMaxChunkOverheadBytes = 4096;
constexpr std::string_view kLastChunk = "0\r\n\r\n";

Method to_method(beast_http::verb verb) {
  switch (verb) {
    case beast_http::verb::get:
      return Method::kGet;
    case beast_http::verb::head:
      return Method::kHead;
    case beast_http::verb::post:
      return Method::kPost;
    case beast_http::verb::put:
      return Method::kPut;
    case beast_http::verb::patch:
      return Method::kPatch;
    case beast_http::verb::delete_:
      return Method::kDelete;
    case beast_http::verb::options:
      return Method::kOptions;
    default:
      return Method::kOther;
  }
}

std::string_view view(boost::beast::string_view text) { return {text.data(), text.size()}; }

/// True when the request line ends in a version that is well-formed but not 1.0 or 1.1.
bool names_other_version(std::string_view bytes) {
  const std::string_view line = bytes.substr(0, bytes.find('\r'));
  const std::size_t space = line.rfind(' ');
  if (space == std::string_view::npos) return false;
  const std::string_view version = line.substr(space + 1);
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  return version.size() == 8 && version.starts_with("HTTP/") && is_digit(version[5]) &&
         version[6] == '.' && is_digit(version[7]);
}

}  // namespace

RequestParser::RequestParser(const ParserLimits& limits, Request& request)
    : limits_(limits), request_(request) {
  eager(true);
  header_limit(static_cast<std::uint32_t>(limits.head_bytes));
  body_limit(limits.body_bytes);
}

std::size_t RequestParser::feed(std::string_view bytes) {
  std::size_t taken = 0;
  if (!got_some()) {
    // RFC 9112 section 2.2: empty lines before a request line are ignored.
    while (bytes.substr(taken).starts_with("\r\n")) taken += 2;
    bytes.remove_prefix(taken);
    if (bytes.empty() || bytes == "\r") return taken;
  }
  has_begun_ = true;
  if (failure_ || is_done()) return taken;
  return taken + feed_parser(bytes);
}

std::size_t RequestParser::feed_parser(std::string_view bytes) {
  std::size_t taken = 0;
  if (!is_head_complete_) {
    taken = feed_head(bytes.substr(0, limits_.head_bytes - head_bytes_));
    if (!is_head_complete_ || failure_ || is_done()) return taken;
    bytes.remove_prefix(taken);
  }
  // A chunked body never has fewer bytes left than its last chunk; Beast relies on seeing them.
  const std::size_t least = chunked() ? kLastChunk.size() : 1;
  if (bytes.size() < least) return taken;
  Code code;
  const std::size_t from_body = put({bytes.data(), bytes.size()}, code);
  const bool needs_more = code == beast_http::error::need_more;
  if (code && !needs_more) fail_from(code, bytes);
  if (needs_more && bytes.size() - from_body > kMaxChunkOverheadBytes) {
    fail_from(beast_http::error::bad_chunk_extension, bytes);
  }
  return taken + from_body;
}

std::size_t RequestParser::feed_head(std::string_view allowed) {
  Code code;
  const std::size_t taken = put({allowed.data(), allowed.size()}, code);
  if (code && code != beast_http::error::need_more) fail_from(code, allowed);
  if (is_head_complete_) return taken;
  head_bytes_ += taken;
  if (head_bytes_ + (allowed.size() - taken) >= limits_.head_bytes) {
    fail_from(beast_http::error::header_limit, allowed);
  }
  return taken;
}

void RequestParser::fail(int status, std::string_view error, std::string_view detail) {
  if (!failure_) failure_ = RequestFailure{status, error, detail};
}

void RequestParser::fail_from(Code code, std::string_view bytes) {
  if (code == beast_http::error::header_limit) {
    fail(431, "header_too_large", "The request's header fields are too large.");
  } else if (code == beast_http::error::body_limit) {
    fail(413, "payload_too_large", "The request's body is too large.");
  } else if (code == beast_http::error::bad_version && names_other_version(bytes)) {
    fail(505, "http_version_not_supported", "This server speaks HTTP/1.1.");
  } else if (has_transfer_encoding_ && has_content_length_) {
    fail(400, "invalid_request", "Content-Length and Transfer-Encoding exclude each other.");
  } else {
    fail(400, "invalid_request", "The request is not well-formed HTTP.");
  }
}

void RequestParser::on_request_impl(Verb verb, Text, Text target, int version, Code& code) {
  version_ = version;
  request_.method = to_method(verb);
  if (!graphrail::http::parse_target(view(target), request_.path, request_.query) ||
      (request_.path == "*" && request_.method != Method::kOptions)) {
    fail(400, "invalid_request", "The request target is not a valid path.");
    code = beast_http::error::bad_target;
  }
}

void RequestParser::on_field_impl(Field field, Text name, Text value, Code& code) {
  if (is_head_complete_) return;  // Trailer fields of a chunked body carry nothing we use.
  check_framing_field(field, view(value));
  if (failure_) {
    code = beast_http::error::bad_field;
    return;
  }
  if (is_secret(view(name))) {
    request_.secrets.add(view(name), view(value));
  } else {
    request_.headers.add(std::string(view(name)), std::string(view(value)));
  }
}

bool RequestParser::is_secret(std::string_view name) const noexcept {
  return std::ranges::any_of(limits_.secret_fields, [&](const std::string& secret) {
    return equal_field_names(secret, name);
  });
}

void RequestParser::check_framing_field(Field field, std::string_view value) {
  switch (field) {
    case Field::host:
      if (++hosts_ > 1) fail(400, "invalid_request", "The request has more than one Host.");
      break;
    case Field::content_length:
      if (has_content_length_ || value.find(',') != std::string_view::npos) {
        fail(400, "invalid_request", "The request has more than one Content-Length.");
      }
      has_content_length_ = true;
      break;
    case Field::transfer_encoding:
      has_transfer_encoding_ = true;
      if (version_ == 10) {
        fail(400, "invalid_request", "HTTP/1.0 has no Transfer-Encoding.");
      } else if (!equal_field_names(value, "chunked")) {
        fail(501, "not_implemented", "The only transfer coding understood is chunked.");
      }
      break;
    case Field::expect:
      if (version_ == 10) break;
      if (!equal_field_names(value, "100-continue")) {
        fail(417, "expectation_failed", "The only expectation understood is 100-continue.");
      }
      expects_continue_ = true;
      break;
    default:
      break;
  }
}

void RequestParser::on_header_impl(Code& code) {
  is_head_complete_ = true;
  if (has_content_length_ && has_transfer_encoding_) {
    fail(400, "invalid_request", "Content-Length and Transfer-Encoding exclude each other.");
  } else if (hosts_ == 0 && version_ >= 11) {
    fail(400, "invalid_request", "The request has no Host.");
  }
  if (failure_) code = beast_http::error::bad_field;
}

void RequestParser::on_body_init_impl(const boost::optional<std::uint64_t>& length, Code& code) {
  code = {};
  const std::uint64_t announced = length.value_or(0);
  request_.body.reserve(
      static_cast<std::size_t>(std::min<std::uint64_t>(announced, kMaxReservedBodyBytes)));
}

std::size_t RequestParser::on_body_impl(Text body, Code& code) {
  code = {};
  request_.body.append(body.data(), body.size());
  return body.size();
}

void RequestParser::on_chunk_header_impl(std::uint64_t, Text extension, Code& code) {
  code = {};
  if (extension.size() > kMaxChunkOverheadBytes) code = beast_http::error::bad_chunk_extension;
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, Text body, Code& code) {
  code = {};
  request_.body.append(body.data(), body.size());
  return body.size();
}

void RequestParser::on_finish_impl(Code& code) { code = {}; }

}  // namespace graphrail::http
