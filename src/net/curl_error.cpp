#include "net/curl_error.h"

#include <fmt/format.h>

#include "net/fetch_error.h"

namespace graphrail::net {
namespace {

FetchError kind_of(CURLcode code) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return FetchError::kTimeout;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CACERT_BADFILE:
      return FetchError::kTlsError;
    case CURLE_COULDNT_CONNECT:
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_ABORTED_BY_CALLBACK:
      return FetchError::kUnreachable;
    case CURLE_FILESIZE_EXCEEDED:
      return FetchError::kTooLarge;
    case CURLE_BAD_CONTENT_ENCODING:
      return FetchError::kBadEncoding;
    default:
      return FetchError::kBadResponse;
  }
}

}  // namespace

core::Error error_of(CURLcode code) {
  return make_error(kind_of(code), fmt::format("libcurl {}: {}", static_cast<int>(code),
                                               curl_easy_strerror(code)));
}

}  // namespace graphrail::net
