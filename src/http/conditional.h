// Conditional requests (RFC 9110 section 13) for answers that carry an ETag.
#pragma once

#include <string_view>

#include "http/message.h"

namespace graphrail::http {

/// Does an If-None-Match field name `etag`, or "*"? Compares weakly: W/"x" matches "x".
[[nodiscard]] bool matches_if_none_match(std::string_view if_none_match,
                                         std::string_view etag) noexcept;

/// Turns a 200 answer to GET or HEAD into 304 when the client already has it, keeping the fields
/// that a 304 must repeat (ETag, Cache-Control, Content-Location, Expires, Vary) and dropping the
/// body with what describes it.
void apply_if_none_match(const Request& request, Response& response);

}  // namespace graphrail::http
