#include "extract/rules/characters.h"

#include <array>

#include "core/utf8.h"

namespace graphrail::extract::rules {
namespace {

constexpr CharInfo ascii_info(unsigned char c) {
  if (c <= ' ' || c == 0x7F) return {CharKind::kSpace, 1, ' '};
  if (c >= '0' && c <= '9') return {CharKind::kDigit, 1, 0};
  if (c >= 'A' && c <= 'Z') return {CharKind::kUpper, 1, 0};
  if (c >= 'a' && c <= 'z') return {CharKind::kLetter, 1, 0};
  return {CharKind::kSymbol, 1, static_cast<char>(c)};
}

constexpr std::array<CharInfo, 128> kAscii = [] {
  std::array<CharInfo, 128> table{};
  for (unsigned i = 0; i < 128; ++i) table[i] = ascii_info(static_cast<unsigned char>(i));
  return table;
}();

bool is_upper(char32_t c) {
  if (c >= 0xC0 && c <= 0xDE) return c != 0xD7;
  if (c >= 0x100 && c <= 0x137) return (c & 1U) == 0;
  if (c >= 0x139 && c <= 0x148) return (c & 1U) == 1;
  if (c >= 0x14A && c <= 0x177) return (c & 1U) == 0;
  if (c == 0x178 || c == 0x179 || c == 0x17B || c == 0x17D) return true;
  if (c >= 0x391 && c <= 0x3A9) return true;
  return (c >= 0x400 && c <= 0x42F) || (c >= 0x531 && c <= 0x556);
}

bool is_space(char32_t c) {
  return c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200F) || c == 0x2028 || c == 0x2029 ||
         c == 0x202F || c == 0x205F || c == 0x2060 || c == 0x3000 || c == 0xFEFF || c == 0xAD;
}

char symbol_of(char32_t c) {
  switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x02BC:
      return '\'';
    case 0x201C:
    case 0x201D:
    case 0x201E:
    case 0xAB:
    case 0xBB:
    case 0x300C:
    case 0x300D:
      return '"';
    case 0x2010:
    case 0x2011:
      return '~';  // hyphens proper: they join words like '-'
    case 0x2012:
    case 0x2013:
    case 0x2014:
    case 0x2015:
    case 0x2212:
      return '-';
    case 0xA3:
    case 0xA5:
      return '$';
    case 0x3002:
    case 0x2026:
      return '.';
    case 0xFF0C:
    case 0x3001:
      return ',';
    case 0x2022:
    case 0xB7:
      return '*';
    default:
      return (c >= 0x20A0 && c <= 0x20BF) ? '$' : '?';
  }
}

bool is_letter(char32_t c) {
  if (c < 0xAA) return false;
  if (c == 0xAA || c == 0xB5 || c == 0xBA) return true;
  if (c < 0xC0 || c == 0xD7 || c == 0xF7) return false;
  if (c < 0x2000) return true;
  if (c < 0x2C00) return false;
  if (c < 0x3040) return c < 0x2E00 || (c >= 0x3005 && c <= 0x3007);
  if (c >= 0xE000 && c <= 0xF8FF) return false;
  if (c >= 0xFE00 && c <= 0xFE0F) return false;
  if (c >= 0xFF00 && c <= 0xFFEF) return (c >= 0xFF10 && c <= 0xFF5A);
  return c < 0x1F000 || c > 0x1FAFF;
}

}  // namespace

CharInfo char_info(std::string_view text, std::size_t at) noexcept {
  const auto byte = static_cast<unsigned char>(text[at]);
  if (byte < 0x80) return kAscii[byte];
  const core::DecodedCodePoint decoded = core::decode_code_point(text, at);
  const char32_t c = decoded.value;
  if (is_space(c)) return {CharKind::kSpace, decoded.bytes, ' '};
  if (is_letter(c)) {
    return {is_upper(c) ? CharKind::kUpper : CharKind::kLetter, decoded.bytes, 0};
  }
  return {CharKind::kSymbol, decoded.bytes, symbol_of(c)};
}

}  // namespace graphrail::extract::rules
