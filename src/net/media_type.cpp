#include "net/media_type.h"

#include <algorithm>
#include <array>

namespace graphrail::net {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t kSniffBytes = 1445;

constexpr char to_lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), to_lower);
  return out;
}

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
}

bool is_token(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    const char l = to_lower(c);
    return (l >= 'a' && l <= 'z') || (c >= '0' && c <= '9') || kMarks.find(c) != kMarks.npos;
  });
}

/// The value of a parameter without its quotes; single quotes occur in the wild.
std::string unquote(std::string_view value) {
  value = trim(value);
  for (const char quote : {'"', '\''}) {
    if (!value.starts_with(quote)) continue;
    value.remove_prefix(1);
    value = value.substr(0, value.find(quote));
    break;
  }
  return lower(trim(value));
}

constexpr std::array kSignatures = {"%PDF-"sv,
                                    "PK\x03\x04"sv,
                                    "PK\x05\x06"sv,
                                    "\x1F\x8B\x08"sv,
                                    "Rar!\x1A\x07"sv,
                                    "7z\xBC\xAF\x27"sv,
                                    "\x89PNG\r\n\x1A\n"sv,
                                    "\xFF\xD8\xFF"sv,
                                    "GIF87a"sv,
                                    "GIF89a"sv,

                                    "OggS"sv,

                                    "wOFF"sv,
                                    "wOF2"sv,
                                    "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv,
                                    "\x7F"
                                    "ELF"sv,
                                    "%!PS-Adobe-"sv,
                                    "\x28\xB5\x2F\xFD"sv,

                                    "\xFD"
                                    "7zXZ"sv,
                                    "\x1A\x45\xDF\xA3"sv,
                                    "fLaC"sv};

/// Signatures with a variable part; the short ones could also begin a plain text.
bool is_media_container(std::string_view body) noexcept {
  if (body.size() < 12) return false;
  const std::string_view form = body.substr(8, 4);
  if (body.starts_with("RIFF")) return form == "WAVE" || form == "AVI " || form == "WEBP";
  if (body.starts_with("ID3")) return body[3] > 0 && body[3] < 0x10;
  return body.substr(4, 4) == "ftyp" || (body.starts_with("BZh") && body.substr(4, 3) == "1AY");
}

bool has_bom(std::string_view body) noexcept {
  return body.starts_with("\xEF\xBB\xBF") || body.starts_with("\xFE\xFF") ||
         body.starts_with("\xFF\xFE");
}

/// Control bytes that no text holds (WHATWG "binary data byte").
bool has_binary_bytes(std::string_view head) noexcept {
  return std::ranges::any_of(head, [](char c) {
    const auto b = static_cast<unsigned char>(c);
    return b <= 0x08 || b == 0x0B || (b >= 0x0E && b <= 0x1A) || (b >= 0x1C && b <= 0x1F);
  });
}

bool starts_with_no_case(std::string_view text, std::string_view prefix) {
  return text.size() >= prefix.size() &&
         std::ranges::equal(text.substr(0, prefix.size()), prefix,
                            [](char a, char b) { return to_lower(a) == to_lower(b); });
}

}  // namespace

std::optional<MediaType> parse_media_type(std::string_view value) {
  const std::string_view essence = trim(value.substr(0, value.find(';')));
  const std::size_t slash = essence.find('/');
  if (slash == essence.npos || !is_token(essence.substr(0, slash)) ||
      !is_token(essence.substr(slash + 1))) {
    return std::nullopt;
  }
  MediaType type{lower(essence), {}};
  std::size_t at = value.find(';');
  while (at != value.npos && type.charset.empty()) {
    const std::size_t next = value.find(';', at + 1);
    const std::string_view parameter =
        value.substr(at + 1, next == value.npos ? value.npos : next - at - 1);
    const std::size_t equals = parameter.find('=');
    if (equals != parameter.npos && lower(trim(parameter.substr(0, equals))) == "charset") {
      type.charset = unquote(parameter.substr(equals + 1));
    }
    at = next;
  }
  return type;
}

MediaKind kind_of(const MediaType& type) noexcept {
  const std::string_view name = type.essence;
  if (name == "text/html" || name == "application/xhtml+xml") return MediaKind::kHtml;
  if (name == "text/plain" || name == "text/markdown" || name == "text/x-markdown") {
    return MediaKind::kPlainText;
  }
  if (name == "application/xml" || name == "text/xml") return MediaKind::kXml;
  return MediaKind::kUnsupported;
}

bool has_binary_signature(std::string_view body) noexcept {
  return is_media_container(body) ||
         std::ranges::any_of(
             kSignatures, [&](std::string_view signature) { return body.starts_with(signature); });
}

MediaKind sniff(std::string_view body) noexcept {
  if (has_binary_signature(body)) return MediaKind::kUnsupported;
  const std::string_view head = body.substr(0, kSniffBytes);
  const bool marked = has_bom(head);
  if (!marked && has_binary_bytes(head)) return MediaKind::kUnsupported;
  std::string_view text = head.substr(head.starts_with("\xEF\xBB\xBF") ? 3 : 0);
  const std::size_t first = text.find_first_not_of(" \t\r\n\f");
  if (first == text.npos) return MediaKind::kPlainText;
  text.remove_prefix(first);
  if (text.starts_with("<?xml")) return MediaKind::kXml;
  constexpr std::array kTags = {"<!doctype html"sv,
                                "<html"sv,
                                "<head"sv,
                                "<script"sv,
                                "<iframe"sv,
                                "<h1"sv,
                                "<div"sv,
                                "<font"sv,
                                "<table"sv,
                                "<a"sv,
                                "<style"sv,
                                "<title"sv,
                                "<b"sv,
                                "<body"sv,
                                "<br"sv,
                                "<p"sv,
                                "<!--"sv,
                                "<main"sv,
                                "<article"sv,
                                "<meta"sv};
  const bool markup = std::ranges::any_of(kTags, [&](std::string_view tag) {
    if (!starts_with_no_case(text, tag)) return false;
    const char next = text.size() > tag.size() ? text[tag.size()] : '>';
    return tag == "<!--" || next == ' ' || next == '>' || next == '\n' || next == '\t';
  });
  return markup || marked ? MediaKind::kHtml : MediaKind::kPlainText;
}

}  // namespace graphrail::net
