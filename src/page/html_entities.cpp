#include "page/html_entities.h"

#include <algorithm>
#include <array>

#include "core/utf8.h"
#include "page/ascii.h"
#include "page/html_entities_table.h"

namespace graphrail::page {
namespace {

constexpr std::size_t kLongestName = 32;
constexpr char32_t kReplacement = 0xFFFD;

// Numbers 0x80 to 0x9F mean windows-1252 (13.2.5.80, table).
constexpr std::array<char16_t, 32> kC1Replacements = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

bool is_name_char(char c) noexcept { return is_ascii_alpha(c) || is_ascii_digit(c); }

int digit_value(char c, int base) noexcept {
  if (is_ascii_digit(c)) return c - '0';
  const char lower = ascii_lower(c);
  return base == 16 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

char32_t checked(char32_t value) noexcept {
  if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return kReplacement;
  return value >= 0x80 && value <= 0x9F ? kC1Replacements[value - 0x80] : value;
}

CharacterReference read_numeric(std::string_view text) noexcept {
  const bool hex = text.size() > 2 && ascii_lower(text[2]) == 'x';
  const int base = hex ? 16 : 10;
  std::size_t at = hex ? 3 : 2;
  const std::size_t first_digit = at;
  char32_t value = 0;
  for (; at < text.size() && digit_value(text[at], base) >= 0; ++at) {
    value = std::min<char32_t>(
        value * static_cast<char32_t>(base) + static_cast<char32_t>(digit_value(text[at], base)),
        0x110000);
  }
  if (at == first_digit) return {};
  if (at < text.size() && text[at] == ';') ++at;
  return {checked(value), static_cast<std::uint32_t>(at)};
}

CharacterReference read_named(std::string_view text) noexcept {
  std::size_t end = 1;
  while (end < text.size() && end <= kLongestName && is_name_char(text[end])) ++end;
  const bool semicolon = end < text.size() && text[end] == ';';
  const std::string_view name = text.substr(1, end - 1);
  if (semicolon) {
    const NamedReference* found = find_named_reference(name);
    if (found != nullptr) return {found->code_point, static_cast<std::uint32_t>(end + 1)};
  }
  // The longest prefix that counts without a semicolon: "&notit;" is "¬it;".
  for (std::size_t length = std::min<std::size_t>(name.size(), 6); length >= 2; --length) {
    const NamedReference* found = find_named_reference(name.substr(0, length));
    if (found != nullptr && found->without_semicolon) {
      return {found->code_point, static_cast<std::uint32_t>(length + 1)};
    }
  }
  return {};
}

}  // namespace

CharacterReference read_character_reference(std::string_view text) noexcept {
  if (text.size() < 3) return {};
  return text[1] == '#' ? read_numeric(text) : read_named(text);
}

std::string decode_character_references(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t mark = std::min(text.find('&', at), text.size());
    out.append(text.substr(at, mark - at));
    at = mark;
    if (at >= text.size()) break;
    const CharacterReference reference = read_character_reference(text.substr(at));
    if (reference.length == 0) {
      out.push_back('&');
      ++at;
    } else {
      core::append_utf8(out, reference.code_point);
      at += reference.length;
    }
  }
  return out;
}

}  // namespace graphrail::page
