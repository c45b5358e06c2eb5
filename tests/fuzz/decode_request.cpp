// USES: api
// Any bytes as the body of POST /api/generate: decoded or refused, never thrown at, and what comes
// out keeps the decoder's promises.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "api/decode.h"
#include "core/utf8.h"

using graphrail::api::decode_generate_request;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view body(reinterpret_cast<const char*>(data), size);
  const auto decoded = decode_generate_request("application/json", body);
  if (decoded) {
    if (!graphrail::core::is_valid_utf8(decoded->input)) std::abort();
    if (decoded->schema != "venture" && decoded->schema != "general") std::abort();
  } else {
    if (decoded.error().public_text().empty()) std::abort();
    if (!graphrail::core::is_valid_utf8(decoded.error().public_text())) std::abort();
  }
  (void)graphrail::api::is_json_content_type(body);
  return 0;
}
