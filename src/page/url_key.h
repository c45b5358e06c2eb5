// The cache key of a page: one key per document, never one key for two documents. A false split
// costs one fetch, a false merge shows a reader the wrong page, so only what cannot select content
// is dropped: the spelling differences of RFC 3986 section 6 and the parameters that ad and mail
// services document as click identifiers. Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "net/url.h"

namespace graphrail::page {

/// `query` without tracking parameters. A key is compared after unescaping, ignoring ASCII case,
/// and must match whole; values, order, repetitions and empty pieces stay as they are. When nothing
/// was dropped the result is `query` itself. Idempotent.
[[nodiscard]] std::string remove_tracking(std::string_view query);

/// The normal form that names the document: `url` without tracking parameters. Idempotent.
[[nodiscard]] net::Url normalize(net::Url url);

/// "page:v1:" and the lower-case hex SHA-256 of the normal form's text.
[[nodiscard]] std::string cache_key(const net::Url& url);

/// Parses and keys in one step; fails as net::parse_url does.
[[nodiscard]] core::Result<std::string> cache_key(std::string_view url);

}  // namespace graphrail::page
