// Under which keys a fetched page is kept. Pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "net/fetch.h"

namespace graphrail::page {

/// True when a shared cache may keep the response: no `no-store`, no `private` (RFC 9111 section
/// 5.2.2).
[[nodiscard]] bool may_be_cached(std::string_view cache_control);

/// The keys of the asked-for URL, the final URL, and the canonical URL where the page may speak for
/// it: https, of the same registrable domain (public suffix list) as the final URL, and not that
/// site's root. Without duplicates, the asked-for key first.
[[nodiscard]] std::vector<std::string> page_keys(const std::string& asked_key,
                                                 const net::Url& final_url,
                                                 std::string_view canonical_url);

}  // namespace graphrail::page
