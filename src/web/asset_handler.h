// Serves an embedded file over HTTP: validators, the packed form for clients that accept gzip, and
// the content security policy of pages.
#pragma once

#include <string_view>

#include "http/message.h"
#include "web/assets.h"

namespace graphrail::web {

/// Answers GET with the file: 200, or 304 when the client's copy is current (RFC 9110 section 13).
/// `policy` becomes the Content-Security-Policy of the response; empty leaves the server's own.
[[nodiscard]] http::Handler make_asset_handler(const Asset& asset, std::string_view policy = {});

/// The handler for the embedded file under `path`, with the policy its kind needs. Throws
/// std::logic_error when there is no such file: the table is made at build time.
[[nodiscard]] http::Handler make_asset_handler(std::string_view path);

}  // namespace graphrail::web
