// Which bodies hold text we can read: the declared media type (RFC 9110 section 8.3), or a look at
// the first bytes when none is declared (WHATWG MIME sniffing, the parts that matter here). Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace graphrail::net {

/// What the reader has to parse.
enum class MediaKind : std::uint8_t { kHtml, kXml, kPlainText, kUnsupported };

struct MediaType {
  /// "text/html", lower case.
  std::string essence;
  /// The charset parameter as sent, unquoted, lower case; empty when absent.
  std::string charset;

  bool operator==(const MediaType&) const = default;
};

/// Parses a Content-Type value. Nothing when it has no "type/subtype" of token characters.
[[nodiscard]] std::optional<MediaType> parse_media_type(std::string_view value);

/// The kind a declared type stands for; whole names are compared, never parts.
[[nodiscard]] MediaKind kind_of(const MediaType& type) noexcept;

/// The kind that the first bytes of an undeclared body suggest.
[[nodiscard]] MediaKind sniff(std::string_view body) noexcept;

/// True when the body starts like a PDF, archive, image, font, audio or video file, whatever its
/// label says.
[[nodiscard]] bool has_binary_signature(std::string_view body) noexcept;

}  // namespace graphrail::net
