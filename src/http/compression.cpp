#include "http/compression.h"

// Makes zlib promise not to write to its input.
#define ZLIB_CONST
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <optional>
#include <string>

#include "http/status.h"

namespace graphrail::http {
namespace {

/// Level 5 of 9 gives JSON nearly all of the saving at half the time of level 6.
constexpr int kLevel = 5;
/// 15 bits of window, plus 16 for a gzip header instead of zlib's.
constexpr int kGzipWindowBits = 15 + 16;
constexpr int kMemoryLevel = 8;

/// One compressor per thread, reset between bodies: setting one up costs 256 KiB of zeroed memory.
class Compressor {
 public:
  Compressor() {
    is_ready_ = deflateInit2(&stream_, kLevel, Z_DEFLATED, kGzipWindowBits, kMemoryLevel,
                             Z_DEFAULT_STRATEGY) == Z_OK;
  }
  ~Compressor() {
    if (is_ready_) deflateEnd(&stream_);
  }
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;

  std::string run(std::string_view bytes) {
    if (!is_ready_ || deflateReset(&stream_) != Z_OK) return {};
    std::string out(deflateBound(&stream_, bytes.size()), '\0');
    stream_.next_in = reinterpret_cast<const Bytef*>(bytes.data());
    stream_.avail_in = static_cast<uInt>(bytes.size());
    stream_.next_out = reinterpret_cast<Bytef*>(out.data());
    stream_.avail_out = static_cast<uInt>(out.size());
    if (deflate(&stream_, Z_FINISH) != Z_STREAM_END) return {};
    out.resize(out.size() - stream_.avail_out);
    return out;
  }

 private:
  z_stream stream_{};
  bool is_ready_ = false;
};

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// Takes the part before the next `separator` off the front of `text`.
std::string_view take_until(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view part = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return trim(part);
}

/// False for "q=0", "q=0.0" and so on: the coding is refused.
bool has_weight(std::string_view parameters) {
  while (!parameters.empty()) {
    const std::string_view parameter = take_until(parameters, ';');
    if (parameter.size() < 2 || (parameter[0] != 'q' && parameter[0] != 'Q')) continue;
    const std::size_t equals = parameter.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view weight = trim(parameter.substr(equals + 1));
    return weight.find_first_of("123456789") != std::string_view::npos;
  }
  return true;
}

/// Does a comma-separated field hold `token`, ignoring case?
bool has_token(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    if (equal_field_names(take_until(list, ','), token)) return true;
  }
  return false;
}

void add_vary(Fields& headers) {
  const std::string_view vary = headers.get("Vary");
  if (vary.empty()) {
    headers.add("Vary", "Accept-Encoding");
  } else if (!has_token(vary, "Accept-Encoding") && vary != "*") {
    headers.set("Vary", std::string(vary) + ", Accept-Encoding");
  }
}

void weaken_etag(Fields& headers) {
  const std::string_view etag = headers.get("ETag");
  if (etag.starts_with('"')) headers.set("ETag", "W/" + std::string(etag));
}

}  // namespace

bool accepts_gzip(std::string_view accept) noexcept {
  std::optional<bool> any;
  while (!accept.empty()) {
    std::string_view member = take_until(accept, ',');
    const std::string_view coding = take_until(member, ';');
    if (equal_field_names(coding, "gzip") || equal_field_names(coding, "x-gzip")) {
      return has_weight(member);
    }
    if (coding == "*") any = has_weight(member);
  }
  return any.value_or(false);
}

bool is_compressible_type(std::string_view content_type) noexcept {
  static constexpr std::array<std::string_view, 8> kTypes{
      "application/json",     "application/javascript",    "application/xml",
      "image/svg+xml",        "application/manifest+json", "application/wasm",
      "application/x-ndjson", "application/ld+json"};
  const std::string_view type = take_until(content_type, ';');
  if (type == "text/event-stream") return false;
  return type.starts_with("text/") || type.ends_with("+json") || type.ends_with("+xml") ||
         std::ranges::find(kTypes, type) != kTypes.end();
}

std::string gzip(std::string_view bytes) {
  thread_local Compressor compressor;
  return compressor.run(bytes);
}

void compress_response(const Request& request, Response& response, std::size_t minimum_bytes) {
  const std::string_view body = response.body_view();
  if (response.stream || body.size() < minimum_bytes || body.size() > kMaxCompressedBytes) return;
  Fields& headers = response.headers;
  if (is_bodiless_status(response.status) || response.status == 206 ||
      headers.has("Content-Encoding") || !is_compressible_type(headers.get("Content-Type")) ||
      has_token(headers.get("Cache-Control"), "no-transform")) {
    return;
  }
  add_vary(headers);
  if (!accepts_gzip(request.headers.get("Accept-Encoding"))) return;
  std::string compressed = gzip(body);
  if (compressed.empty() || compressed.size() >= body.size()) return;
  response.body = std::move(compressed);
  response.shared_body.reset();
  headers.add("Content-Encoding", "gzip");
  weaken_etag(headers);
}

}  // namespace graphrail::http
