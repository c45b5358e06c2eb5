// USES: page core
// Any bytes under any label decode to well-formed UTF-8.
#include "page/charset.h"

#include <cstdlib>
#include <string_view>

#include "core/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::size_t line = std::min(input.find('\n'), input.size());
  const std::string_view body = input.substr(std::min(line + 1, input.size()));
  const auto document = graphrail::page::decode_document(body, input.substr(0, line), true);
  if (!graphrail::core::is_valid_utf8(document.text) || document.charset.empty()) std::abort();
  return 0;
}
