#include "net/url_escape.h"

#include <cstddef>
#include <vector>

namespace graphrail::net {
namespace {

constexpr std::string_view kHex = "0123456789ABCDEF";

constexpr int hex_value(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr bool is_unreserved(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

void append_escape(std::string& out, unsigned char byte) {
  out.push_back('%');
  out.push_back(kHex[byte >> 4]);
  out.push_back(kHex[byte & 0x0F]);
}

/// Copies `text`, escaping controls, non-ASCII bytes and `also`, and unescaping unreserved
/// characters. A stray "%" stays; an escape right behind one stays too, since unescaping it could
/// complete a new escape ("%%341" must not become "%41").
std::string normalize_escapes(std::string_view text, std::string_view also) {
  std::string out;
  out.reserve(text.size() + 16);
  std::size_t after_stray = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const auto byte = static_cast<unsigned char>(c);
    if (c != '%') {
      if (byte <= 0x20 || byte >= 0x7F || also.find(c) != also.npos) {
        append_escape(out, byte);
      } else {
        out.push_back(c);
      }
      continue;
    }
    const int high = i + 1 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
    if (high < 0 || low < 0) {
      out.push_back('%');
      after_stray = out.size() + 2;
      continue;
    }
    const auto value = static_cast<unsigned char>(high * 16 + low);
    if (is_unreserved(static_cast<char>(value)) && out.size() >= after_stray) {
      out.push_back(static_cast<char>(value));
    } else {
      append_escape(out, value);
    }
    i += 2;
  }
  return out;
}

/// RFC 3986 section 5.2.4 on a path that starts with "/".
std::string remove_dot_segments(std::string_view path) {
  std::vector<std::string_view> kept;
  std::size_t start = 1;
  bool ends_open = false;
  while (start <= path.size()) {
    const std::size_t end = path.find('/', start);
    const bool last = end == path.npos;
    const std::string_view segment = path.substr(start, last ? path.npos : end - start);
    if (segment == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (segment != ".") {
      kept.push_back(segment);
    }
    if (last) {
      ends_open = segment == "." || segment == "..";
      break;
    }
    start = end + 1;
  }
  std::string out;
  out.reserve(path.size());
  for (const std::string_view segment : kept) {
    out.push_back('/');
    out.append(segment);
  }
  if (ends_open || out.empty()) out.push_back('/');
  return out;
}

}  // namespace

std::string normalize_path(std::string_view path) {
  std::string escaped = normalize_escapes(path, "\"<>`{}#?");
  if (escaped.empty() || escaped.front() != '/') escaped.insert(escaped.begin(), '/');
  return remove_dot_segments(escaped);
}

std::string normalize_query(std::string_view query) { return normalize_escapes(query, "\"<>'#\\"); }

}  // namespace graphrail::net
