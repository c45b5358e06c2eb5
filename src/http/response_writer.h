// Turns a response into bytes (RFC 9112). Pure: appends to a string that the connection sends.
#pragma once

#include <string>
#include <string_view>

#include "http/message.h"

namespace graphrail::http {

/// How the connection goes on after a response, and how its body is delimited.
struct ResponseFraming {
  /// The connection stays open; otherwise the head says "Connection: close".
  bool keeps_alive = true;
  bool is_http_1_0 = false;
  /// "Date: …\r\n", made once a second by the caller.
  std::string_view date_line;
};

/// Appends status line and fields up to the empty line. Content-Length, Transfer-Encoding,
/// Connection and Date are written here and nowhere else; a handler's own are left out. Control
/// characters in values become spaces, so a value cannot end its field.
void append_response_head(std::string& out, const Response& response,
                          const ResponseFraming& framing);

/// Appends one chunk of a chunked body; an empty one would end the body and is left out.
void append_chunk(std::string& out, std::string_view bytes);

/// The chunk that ends a chunked body.
inline constexpr std::string_view kFinalChunk = "0\r\n\r\n";

}  // namespace graphrail::http
