// USES: page core
// Any bytes are read to well-formed text or to a failure with a reason; the first byte picks the
// content type.
#include <array>
#include <cstdlib>
#include <string_view>

#include "core/utf8.h"
#include "page/page_text.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  constexpr std::array<std::string_view, 4> kTypes = {"text/html; charset=utf-8", "text/html",
                                                      "application/xhtml+xml", "text/plain"};
  if (size == 0) return 0;
  const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto page =
      graphrail::page::read_page(body, {.content_type = kTypes[data[0] % kTypes.size()],
                                        .url = "https://a.example/b",
                                        .minimum_chars = 1});
  if (!page && page.error().reason().empty()) std::abort();
  if (page && (page->text.empty() || !graphrail::core::is_valid_utf8(page->text) ||
               !graphrail::core::is_valid_utf8(page->title))) {
    std::abort();
  }
  return 0;
}
