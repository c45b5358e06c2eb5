// The date format of HTTP header fields (IMF-fixdate, RFC 9110 section 5.6.7).
#pragma once

#include <cstdint>
#include <string>

namespace graphrail::http {

/// "Sun, 06 Nov 1994 08:49:37 GMT" for seconds since 1970-01-01 00:00 UTC.
[[nodiscard]] std::string format_http_date(std::int64_t unix_seconds);

}  // namespace graphrail::http
