#include "graph/slug.h"

#include <array>

#include "core/utf8.h"

namespace graphrail::graph {
namespace {

constexpr std::size_t kMaxBytes = 80;

/// Latin-1 Supplement and Latin Extended-A (U+00C0 to U+017F) without accents, lower case;
/// '-' where a character is no letter. Unicode decomposition, with the usual spellings for the
/// letters that have none (ß ss, æ ae, ø o, đ d, ł l).
constexpr std::string_view kLatin =
    "aaaaaa*ceeeeiiiidnooooo-ouuuuy*saaaaaa*ceeeeiiiidnooooo-ouuuuy*y"
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkkllllllllll"
    "nnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

void append_latin(std::string& out, char32_t c) {
  switch (c) {
    case 0xC6:
    case 0xE6:
      out += "ae";
      return;
    case 0xDF:
      out += "ss";
      return;
    case 0xDE:
    case 0xFE:
      out += "th";
      return;
    case 0x132:
    case 0x133:
      out += "ij";
      return;
    case 0x152:
    case 0x153:
      out += "oe";
      return;
    default:
      out.push_back(kLatin[c - 0xC0]);
  }
}

/// Lower case of Greek and Cyrillic capitals; other characters as they are.
char32_t lower(char32_t c) {
  if (c >= 0x391 && c <= 0x3A9) return c + 0x20;
  if (c >= 0x410 && c <= 0x42F) return c + 0x20;
  if (c >= 0x400 && c <= 0x40F) return c + 0x50;
  return c;
}

/// Letters and digits outside Latin: everything but spaces, punctuation, symbols and marks.
bool is_letter(char32_t c) {
  if (c < 0x180) return false;
  if (c >= 0x2000 && c <= 0x2BFF) return false;
  if (c >= 0x3000 && c <= 0x3004) return false;
  if (c >= 0x3008 && c <= 0x3020) return false;
  if (c == 0x30FB || c == 0xFEFF || (c >= 0xE000 && c <= 0xF8FF)) return false;
  if (c >= 0xFE00 && c <= 0xFE6F) return false;
  if (c >= 0xFF00 && c <= 0xFF0F) return false;
  if (c >= 0xFF1A && c <= 0xFF20) return false;
  return c < 0x1F000 || c > 0x1FAFF;
}

bool is_combining(char32_t c) { return c >= 0x300 && c <= 0x36F; }

}  // namespace

std::string make_slug(std::string_view label) {
  std::string out;
  bool gap = false;
  for (std::size_t at = 0; at < label.size();) {
    const core::DecodedCodePoint decoded = core::decode_code_point(label, at);
    at += decoded.bytes;
    const char32_t c = decoded.value;
    std::string piece;
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      piece.push_back(static_cast<char>(c));
    } else if (c >= 'A' && c <= 'Z') {
      piece.push_back(static_cast<char>(c + ('a' - 'A')));
    } else if (c >= 0xC0 && c < 0x180 && c != 0xD7 && c != 0xF7) {
      append_latin(piece, c);
    } else if (is_combining(c) || c == '\'' || c == 0x2019) {
      continue;
    } else if (is_letter(c) && c != 0xFFFD) {
      core::append_utf8(piece, lower(c));
    } else {
      gap = true;
      continue;
    }
    if (gap && !out.empty()) piece.insert(piece.begin(), '-');
    gap = false;
    if (out.size() + piece.size() > kMaxBytes) break;
    out += piece;
  }
  return out.empty() ? "node" : out;
}

}  // namespace graphrail::graph
