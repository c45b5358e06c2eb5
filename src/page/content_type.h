// What kind of document a response is: from its Content-Type header, or from its first bytes when
// the header is missing. Pure, any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace graphrail::page {

enum class DocumentKind : std::uint8_t { kHtml, kXhtml, kPlainText, kUnsupported };

struct ContentType {
  DocumentKind kind = DocumentKind::kUnsupported;
  std::string charset;  // the charset parameter without quotes, empty when there is none
};

/// Parses a Content-Type value (RFC 9110, 8.3.1), case-insensitively, parameters quoted or not.
/// An empty value looks at `bytes`: known binary signatures and NUL bytes are unsupported, a first
/// '<' is HTML, the rest plain text. Binary bytes are unsupported whatever the header says.
[[nodiscard]] ContentType content_type_of(std::string_view header, std::string_view bytes);

}  // namespace graphrail::page
