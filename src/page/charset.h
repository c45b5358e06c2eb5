// Decodes the bytes of a document to UTF-8. The encoding is found as the HTML Standard says
// (13.2.3.2): byte order mark, then the HTTP header, then a meta element in the first 1,024 bytes,
// then a look at the bytes themselves. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace graphrail::page {

struct DecodedDocument {
  std::string_view text;  // well-formed UTF-8: the input itself, or `storage`
  std::string storage;    // holds the text when it had to be converted
  std::string charset;    // the Encoding Standard's name in lower case

  DecodedDocument() = default;
  DecodedDocument(DecodedDocument&& other) noexcept { *this = std::move(other); }
  DecodedDocument& operator=(DecodedDocument&& other) noexcept;
  DecodedDocument(const DecodedDocument&) = delete;
  DecodedDocument& operator=(const DecodedDocument&) = delete;
  ~DecodedDocument() = default;
};

/// Decodes `bytes`; ill-formed sequences become U+FFFD. `header_charset` is the charset parameter
/// of Content-Type, empty when missing; `prescan_meta` looks for meta elements. The bytes must
/// outlive the result. Linear.
[[nodiscard]] DecodedDocument decode_document(std::string_view bytes,
                                              std::string_view header_charset, bool prescan_meta);

/// The label a meta element in the first 1,024 bytes declares ("prescan a byte stream to determine
/// its encoding"), empty when there is none.
[[nodiscard]] std::string_view prescan_meta_charset(std::string_view bytes);

}  // namespace graphrail::page
