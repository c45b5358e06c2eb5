#include "page/content_type.h"

#include <algorithm>
#include <array>

#include "page/ascii.h"

namespace graphrail::page {
namespace {

using namespace std::string_view_literals;

constexpr std::size_t kSniffedBytes = 1024;

// Signatures of the formats people link to most (WHATWG MIME Sniffing, section 6).
constexpr auto kBinarySignatures =
    std::to_array<std::string_view>({"%PDF-"sv, "\x89PNG"sv, "\xFF\xD8\xFF"sv, "GIF8"sv,
                                     "PK\x03\x04"sv, "\x1F\x8B"sv, "Rar!"sv, "7z\xBC\xAF"sv,
                                     "\x7F"
                                     "ELF"sv,
                                     "ID3"sv, "OggS"sv, "\x00\x00\x01\x00"sv, "wOFF"sv,
                                     "\xD0\xCF\x11\xE0"sv, "%!PS"sv, "BZh"sv, "RIFF"sv});

bool has_utf16_mark(std::string_view bytes) {
  return bytes.starts_with("\xFE\xFF"sv) || bytes.starts_with("\xFF\xFE"sv);
}

bool is_binary(std::string_view bytes, std::string_view charset) {
  if (has_utf16_mark(bytes) || starts_with_ignoring_case(charset, "utf-16")) return false;
  const bool signature = std::ranges::any_of(
      kBinarySignatures, [&](std::string_view start) { return bytes.starts_with(start); });
  return signature || bytes.substr(0, kSniffedBytes).find('\0') != std::string_view::npos;
}

DocumentKind sniff(std::string_view bytes) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  if (has_utf16_mark(bytes)) return DocumentKind::kHtml;
  const std::string_view start = trim_ascii_space(bytes.substr(0, kSniffedBytes));
  return start.starts_with('<') ? DocumentKind::kHtml : DocumentKind::kPlainText;
}

DocumentKind kind_of(std::string_view type) {
  if (equals_ignoring_case(type, "text/html")) return DocumentKind::kHtml;
  if (equals_ignoring_case(type, "application/xhtml+xml")) return DocumentKind::kXhtml;
  for (const std::string_view plain : {"text/plain", "text/markdown", "text/x-markdown"}) {
    if (equals_ignoring_case(type, plain)) return DocumentKind::kPlainText;
  }
  return DocumentKind::kUnsupported;
}

std::string_view without_quotes(std::string_view value) {
  value = trim_ascii_space(value);
  for (const char quote : {'"', '\''}) {
    if (value.starts_with(quote)) {
      value.remove_prefix(1);
      return value.substr(0, value.find(quote));
    }
  }
  return value;
}

}  // namespace

ContentType content_type_of(std::string_view header, std::string_view bytes) {
  ContentType result;
  const std::size_t end = std::min(header.find(';'), header.size());
  const std::string_view type = trim_ascii_space(header.substr(0, end));
  for (std::string_view rest = header.substr(end); !rest.empty();) {
    rest.remove_prefix(1);
    const std::string_view parameter = trim_ascii_space(rest.substr(0, rest.find(';')));
    const std::size_t equals = parameter.find('=');
    if (equals != std::string_view::npos && result.charset.empty() &&
        equals_ignoring_case(trim_ascii_space(parameter.substr(0, equals)), "charset")) {
      result.charset = without_quotes(parameter.substr(equals + 1));
    }
    rest.remove_prefix(std::min(rest.find(';'), rest.size()));
  }
  if (is_binary(bytes, result.charset)) return result;
  result.kind = type.empty() ? sniff(bytes) : kind_of(type);
  return result;
}

}  // namespace graphrail::page
