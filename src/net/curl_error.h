// libcurl's result codes as FetchError values.
#pragma once

#include <curl/curl.h>

#include "core/error.h"

namespace graphrail::net {

/// `code` is not CURLE_OK. libcurl's own text becomes the private cause.
[[nodiscard]] core::Error error_of(CURLcode code);

}  // namespace graphrail::net
