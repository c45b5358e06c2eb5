#include "http/target.h"

#include <algorithm>

#include "core/utf8.h"

namespace graphrail::http {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == '\x7F'; }

/// Appends the decoded form; false on a broken escape or a control character.
bool decode_percent(std::string_view raw, std::string& out) {
  for (std::size_t i = 0; i < raw.size(); ++i) {
    char c = raw[i];
    if (c == '%') {
      if (i + 2 >= raw.size()) return false;
      const int high = hex_value(raw[i + 1]);
      const int low = hex_value(raw[i + 2]);
      if (high < 0 || low < 0) return false;
      c = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (is_control(c)) return false;
    out.push_back(c);
  }
  return true;
}

bool has_dot_segment(std::string_view path) {
  std::size_t at = path.find("/.");
  while (at != std::string_view::npos) {
    const std::string_view rest = path.substr(at + 1);
    const std::string_view segment = rest.substr(0, rest.find('/'));
    if (segment == "." || segment == "..") return true;
    at = path.find("/.", at + 1);
  }
  return false;
}

/// Removes "http://host" or "https://host" of the absolute form.
std::string_view strip_origin(std::string_view target) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (target.starts_with(scheme)) {
      const std::size_t end = target.find_first_of("/?", scheme.size());
      return end == std::string_view::npos ? std::string_view("/") : target.substr(end);
    }
  }
  return target;
}

}  // namespace

bool parse_target(std::string_view target, std::string& path, std::string& query) {
  path.clear();
  query.clear();
  if (target == "*") {
    path = target;
    return true;
  }
  target = strip_origin(target);
  if (target.empty() || target.find('#') != std::string_view::npos) return false;
  const std::size_t mark = target.find('?');
  const std::string_view raw_path = target.substr(0, mark);
  if (mark != std::string_view::npos) query = target.substr(mark + 1);
  if (std::ranges::any_of(query, is_control)) return false;
  if (raw_path.empty()) path.push_back('/');  // "http://host?query"
  if (!decode_percent(raw_path, path)) return false;
  return path.front() == '/' && core::is_valid_utf8(path) && !has_dot_segment(path);
}

}  // namespace graphrail::http
