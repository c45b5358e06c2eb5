// Percent-encoding of paths and queries in normal form (RFC 3986 section 6.2.2.2), with the
// encode sets of the WHATWG URL standard. Pure and idempotent: normalising twice changes nothing.
#pragma once

#include <string>
#include <string_view>

namespace graphrail::net {

/// Path in normal form: starts with "/", dot segments removed (also spelt %2e), escapes in upper
/// case, unreserved characters unescaped once, spaces and non-ASCII bytes escaped. Empty segments
/// and a final slash stay. Bytes that are not valid UTF-8 are escaped as they are.
[[nodiscard]] std::string normalize_path(std::string_view path);

/// Query in normal form under the same rules, without dot segments.
[[nodiscard]] std::string normalize_query(std::string_view query);

}  // namespace graphrail::net
