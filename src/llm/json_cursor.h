// A strict walk over JSON text without a tree, for readers that want a few members of many small
// documents. It never takes what is not JSON, and may refuse what is: callers have another way.
// Pure.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/utf8.h"

namespace graphrail::llm {

namespace detail {

constexpr std::array<bool, 256> make_plain_bytes() {
  std::array<bool, 256> plain{};
  for (std::size_t byte = 0x20; byte < plain.size(); ++byte) plain[byte] = true;
  plain['"'] = plain['\\'] = false;
  return plain;
}
/// Bytes that stand for themselves in a string.
inline constexpr std::array<bool, 256> kPlainBytes = make_plain_bytes();

}  // namespace detail

/// Appends what the text of a JSON string means; false for wrong escapes, and for surrogates, which
/// come in pairs.
bool unescape(std::string_view raw, std::string& out);

/// A string between its quotation marks as it is written.
struct RawString {
  std::string_view text;
  bool has_escapes = false;
};

/// Walks JSON strictly. Every step is false when the text is not JSON (RFC 8259), or is JSON of a
/// kind that is not worth the trouble here.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : at_(text.data()), end_(at_ + text.size()) {}

  [[nodiscard]] bool is_at_end() {
    skip_space();
    return at_ == end_;
  }
  [[nodiscard]] char peek() {
    skip_space();
    return at_ == end_ ? '\0' : *at_;
  }
  bool take(char wanted) {
    if (peek() != wanted) return false;
    ++at_;
    return true;
  }
  bool take_word(std::string_view word) {
    skip_space();
    if (!std::string_view(at_, end_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }

  bool take_string(RawString& raw) {
    if (!take('"')) return false;
    const char* const begin = at_;
    bool has_high_bytes = false;
    raw.has_escapes = false;
    for (;; ++at_) {
      while (at_ != end_ && detail::kPlainBytes[static_cast<unsigned char>(*at_)]) {
        has_high_bytes |= static_cast<unsigned char>(*at_) >= 0x80;
        ++at_;
      }
      if (at_ == end_) return false;
      if (*at_ == '"') break;
      if (*at_ != '\\' || ++at_ == end_) return false;
      raw.has_escapes = true;
    }
    raw.text = {begin, at_++};
    return !has_high_bytes || core::is_valid_utf8(raw.text);
  }

  /// Members as `on_member(name)`, which takes the value. Names with escapes are not worth it.
  template <class OnMember>
  bool take_object(OnMember on_member) {
    if (!take('{')) return false;
    if (take('}')) return true;
    do {
      RawString name;
      if (!take_string(name) || name.has_escapes || !take(':')) return false;
      if (!on_member(name.text)) return false;
    } while (take(','));
    return take('}');
  }

  template <class OnItem>
  bool take_array(OnItem on_item) {
    if (!take('[')) return false;
    if (take(']')) return true;
    do {
      if (!on_item()) return false;
    } while (take(','));
    return take(']');
  }

  bool skip_value(int depth) {
    switch (peek()) {
      case '{':
        return depth > 0 && take_object([&](std::string_view) { return skip_value(depth - 1); });
      case '[':
        return depth > 0 && take_array([&] { return skip_value(depth - 1); });
      case '"':
        return skip_string();
      case 't':
        return take_word("true");
      case 'f':
        return take_word("false");
      case 'n':
        return take_word("null");
      default:
        return skip_integer();
    }
  }

 private:
  void skip_space() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\t' || *at_ == '\n' || *at_ == '\r')) ++at_;
  }

  bool skip_string() {
    RawString raw;
    std::string ignored;
    return take_string(raw) && (!raw.has_escapes || unescape(raw.text, ignored));
  }

  bool skip_integer() {
    // Longer numbers may overflow.
    constexpr std::size_t kMaxDigits = 18;
    if (at_ != end_ && *at_ == '-') ++at_;
    const char* const begin = at_;
    while (at_ != end_ && *at_ >= '0' && *at_ <= '9') ++at_;
    const auto digits = static_cast<std::size_t>(at_ - begin);
    if (digits == 0 || digits > kMaxDigits || (digits > 1 && *begin == '0')) return false;
    return at_ == end_ || (*at_ != '.' && *at_ != 'e' && *at_ != 'E');
  }

  const char* at_;
  const char* end_;
};

}  // namespace graphrail::llm
