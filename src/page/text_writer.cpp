#include "page/text_writer.h"

#include <array>

#include "core/utf8.h"
#include "page/ascii.h"
#include "page/html_entities.h"

namespace graphrail::page {
namespace {

constexpr char32_t kNoBreakSpace = 0xA0;
constexpr char32_t kFirstWide = 0x2E80;  // CJK radicals: from here on one character says a word

bool is_unicode_space(char32_t c) noexcept {
  return c == kNoBreakSpace || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 ||
         c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0x85;
}

bool is_control(char32_t c) noexcept { return c < 0x20 || (c >= 0x7F && c < 0xA0); }

bool is_stop(char32_t c) noexcept {
  switch (c) {
    case U'.':
    case U',':
    case U'!':
    case U'?':
    case U';':
    case U':':
    case 0x3001:  // ideographic comma, full stop and their full-width kin
    case 0x3002:
    case 0xFF01:
    case 0xFF0C:
    case 0xFF1A:
    case 0xFF1F:
      return true;
    default:
      return false;
  }
}

// Bytes that need no look: printable ASCII except the ampersand.
constexpr auto kPlainByte = [] {
  std::array<bool, 256> table{};
  for (std::size_t c = 0x21; c < 0x7F; ++c) table[c] = c != '&';
  return table;
}();

}  // namespace

bool is_invisible(char32_t c, char32_t previous) noexcept {
  if (c < 0xAD) return false;
  if (c == 0x200C || c == 0x200D) return previous < 0x590;  // joiners of Latin text join nothing
  return c == 0xAD || c == 0x34F || c == 0x61C || c == 0x180E || c == 0x200B || c == 0x200E ||
         c == 0x200F || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) ||
         c == 0xFEFF || (c >= 0xFFF9 && c <= 0xFFFB) || (c >= 0xE0000 && c <= 0xE0FFF);
}

void TextWriter::close_gap(bool in_link) {
  if (at_block_start_) {
    at_block_start_ = false;
    ++counts_.words;
  } else if (gap_ != Gap::kNone) {
    text_.push_back(gap_ == Gap::kLine ? '\n' : ' ');
    ++counts_.chars;
    ++counts_.words;
    if (in_link) ++counts_.link_chars;
  }
  gap_ = Gap::kNone;
}

void TextWriter::put_code_point(char32_t code_point, bool in_link) {
  if (code_point < 0x80 && is_ascii_space(static_cast<char>(code_point))) code_point = U' ';
  if (code_point == U' ' || is_unicode_space(code_point)) {
    if (gap_ == Gap::kNone) gap_ = Gap::kSpace;
    return;
  }
  if (is_control(code_point) || is_invisible(code_point, last_)) {
    ++counts_.invisible;
    return;
  }
  if (is_stop(code_point)) ++counts_.stops;
  last_ = code_point;
  close_gap(in_link);
  core::append_utf8(text_, code_point);
  ++counts_.chars;
  if (code_point >= kFirstWide) ++counts_.wide;
  if (in_link) ++counts_.link_chars;
}

void TextWriter::append(std::string_view raw, bool literal, bool in_link, bool preformatted) {
  for (std::size_t at = 0; at < raw.size();) {
    const auto byte = static_cast<unsigned char>(raw[at]);
    if (kPlainByte[byte]) {
      std::size_t end = at + 1;
      while (end < raw.size() && kPlainByte[static_cast<unsigned char>(raw[end])]) ++end;
      close_gap(in_link);
      text_.append(raw, at, end - at);
      const auto length = static_cast<std::uint32_t>(end - at);
      counts_.chars += length;
      if (in_link) counts_.link_chars += length;
      last_ = static_cast<unsigned char>(raw[end - 1]);
      if (is_stop(last_)) ++counts_.stops;
      at = end;
      continue;
    }
    if (is_ascii_space(raw[at])) {
      if (preformatted && raw[at] == '\n') {
        gap_ = Gap::kLine;
      } else if (gap_ == Gap::kNone) {
        gap_ = Gap::kSpace;
      }
      ++at;
      continue;
    }
    if (byte == '&' && !literal) {
      const CharacterReference reference = read_character_reference(raw.substr(at));
      put_code_point(reference.length == 0 ? U'&' : reference.code_point, in_link);
      at += reference.length == 0 ? 1 : reference.length;
      continue;
    }
    const core::DecodedCodePoint decoded = core::decode_code_point(raw, at);
    put_code_point(decoded.value, in_link);
    at += decoded.bytes;
  }
}

void TextWriter::break_line() { gap_ = Gap::kLine; }

void TextWriter::end_block() {
  gap_ = Gap::kNone;
  at_block_start_ = true;
  last_ = 0;
}

}  // namespace graphrail::page
