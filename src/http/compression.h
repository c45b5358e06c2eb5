// gzip for response bodies (RFC 9110 section 8.4): decides from the request and the response,
// then compresses in one go. Called on the I/O thread, so bodies above kMaxCompressedBytes are
// sent as they are.
#pragma once

#include <cstddef>
#include <string_view>

#include "http/message.h"

namespace graphrail::http {

/// Largest body that is compressed: about 20 ms of one core.
inline constexpr std::size_t kMaxCompressedBytes = 1024 * 1024;

/// True when the Accept-Encoding field `accept` takes gzip: named, or meant by "*", with a weight
/// above zero.
[[nodiscard]] bool accepts_gzip(std::string_view accept) noexcept;

/// Text-like media types gain from compression; images, archives and event streams do not.
[[nodiscard]] bool is_compressible_type(std::string_view content_type) noexcept;

/// `bytes` as one gzip member; empty when zlib fails.
[[nodiscard]] std::string gzip(std::string_view bytes);

/// Compresses the body where that is worth it and accepted: sets Content-Encoding, makes a strong
/// ETag weak. Every answer that could have come compressed gets "Vary: Accept-Encoding". Leaves
/// streams, encoded bodies, partial content and "Cache-Control: no-transform" alone.
void compress_response(const Request& request, Response& response, std::size_t minimum_bytes);

}  // namespace graphrail::http
