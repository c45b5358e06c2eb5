// Serves an embedded file over HTTP: validators (RFC 9110 section 8.8), the packed form for clients
// that accept gzip, and the content security policy of pages.
#pragma once

#include <string_view>

#include "http/message.h"
#include "web/assets.h"

namespace graphrail::web {

/// True when the Accept-Encoding field value allows gzip (RFC 9110 section 12.5.3).
[[nodiscard]] bool accepts_gzip(std::string_view accept_encoding) noexcept;

/// True when the If-None-Match field value names `etag` (quotes included) or is "*"; compares
/// weakly, as RFC 9110 section 13.1.2 asks for.
[[nodiscard]] bool matches_etag(std::string_view if_none_match, std::string_view etag) noexcept;

/// Answers GET with the file: 200, or 304 when the client's copy is current. `policy` becomes the
/// Content-Security-Policy of the response; empty leaves the server's own. The asset's bytes must
/// outlive the handler, as those of all_assets() do.
[[nodiscard]] http::Handler make_asset_handler(const Asset& asset, std::string_view policy = {});

/// The handler for the embedded file under `path`, with the policy its kind needs. Throws
/// std::logic_error when there is no such file: the table is made at build time.
[[nodiscard]] http::Handler make_asset_handler(std::string_view path);

}  // namespace graphrail::web
