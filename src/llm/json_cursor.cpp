#include "llm/json_cursor.h"

namespace graphrail::llm {
namespace {

/// Four hex digits; nothing for surrogates as well, which come in pairs.
std::optional<char32_t> read_code_unit(std::string_view digits) {
  char32_t unit = 0;
  if (digits.size() != 4) return std::nullopt;
  for (const char c : digits) {
    const char lower = static_cast<char>(c | 0x20);
    const bool is_digit = c >= '0' && c <= '9';
    if (!is_digit && (lower < 'a' || lower > 'f')) return std::nullopt;
    unit = unit * 16 + static_cast<char32_t>(is_digit ? c - '0' : lower - 'a' + 10);
  }
  return unit >= 0xD800 && unit <= 0xDFFF ? std::nullopt : std::optional(unit);
}

}  // namespace

bool unescape(std::string_view raw, std::string& out) {
  constexpr std::string_view kEscapes = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  out.reserve(raw.size());
  for (;;) {
    const std::size_t escape = raw.find('\\');
    out.append(raw.substr(0, escape));
    if (escape == std::string_view::npos) return true;
    const char kind = raw[escape + 1];
    raw.remove_prefix(escape + 2);
    if (kind == 'u') {
      const auto unit = read_code_unit(raw.substr(0, 4));
      if (!unit) return false;
      core::append_utf8(out, *unit);
      raw.remove_prefix(4);
    } else {
      const std::size_t meaning = kEscapes.find(kind);
      if (meaning == std::string_view::npos) return false;
      out += kMeanings[meaning];
    }
  }
}

}  // namespace graphrail::llm
