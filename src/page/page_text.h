// From the bytes of a response to the text a reader came for: decode, parse, drop what nobody
// sees, find the main text, or say what stands in its place. The one entry to this room's pure
// part. No network, no state; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.h"
#include "page/page_error.h"

namespace graphrail::page {

/// Where the bytes came from.
struct PageSource {
  std::string_view content_type;    // the Content-Type header, empty when it was missing
  std::string_view url;             // final URL of the page, empty when unknown
  int status = 200;                 // HTTP status
  std::size_t minimum_chars = 200;  // least main text in code points
};

struct PageText {
  std::string text;   // main text, UTF-8; one line per block, list items begin with "- "
  std::string title;  // headline; it is not repeated in `text` when the head declares it
  std::string site_name;
  std::string published;      // YYYY-MM-DD, empty when unknown
  std::string canonical_url;  // absolute, empty when not given
  std::string charset;        // what the bytes were decoded from, e.g. "windows-1252"
  std::size_t removed_invisible_chars =
      0;  // code points in hidden elements or invisible themselves
};

/// Reads one page. Fails with a PageError whose reason is the HTTP contract's. Time and memory are
/// linear in `bytes`, whatever they hold; callers limit the size.
[[nodiscard]] core::Result<PageText> read_page(std::string_view bytes, const PageSource& source);

}  // namespace graphrail::page
