// UTF-8 (RFC 3629): validation and code point arithmetic. Offsets in Graphrail's contract count
// code points, because that is what JavaScript's and Python's string iterators agree on.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace graphrail::core {

/// Byte offset of the first ill-formed sequence (overlong, surrogate, above U+10FFFF, cut short),
/// or `std::string_view::npos` when all of `text` is well-formed UTF-8. Linear time.
[[nodiscard]] std::size_t find_invalid_utf8(std::string_view text) noexcept;

[[nodiscard]] inline bool is_valid_utf8(std::string_view text) noexcept {
  return find_invalid_utf8(text) == std::string_view::npos;
}

/// Number of code points in well-formed UTF-8.
[[nodiscard]] std::size_t count_code_points(std::string_view text) noexcept;

/// The longest prefix of well-formed `text` with at most `limit` code points.
[[nodiscard]] std::string_view prefix_code_points(std::string_view text,
                                                  std::size_t limit) noexcept;

/// Appends the UTF-8 form of `code_point`; U+FFFD for surrogates and values above U+10FFFF.
void append_utf8(std::string& out, char32_t code_point);

/// One decoded code point and the number of bytes it took (1 with U+FFFD where ill-formed).
struct DecodedCodePoint {
  char32_t value;
  std::uint8_t bytes;
};
[[nodiscard]] DecodedCodePoint decode_code_point(std::string_view text, std::size_t at) noexcept;

/// Copies `text` with every ill-formed sequence replaced by U+FFFD.
[[nodiscard]] std::string replace_invalid_utf8(std::string_view text);

/// Translates byte offsets of one well-formed text to code point offsets and back: a checkpoint
/// every 1,024 bytes, so a look-up counts at most 1 KiB. The text must outlive the index.
class CodePointIndex {
 public:
  explicit CodePointIndex(std::string_view text);

  /// Code points before byte `offset` (clamped to the text's end).
  [[nodiscard]] std::size_t code_points_before(std::size_t offset) const noexcept;
  /// Byte offset of code point number `code_point` (clamped to the text's end).
  [[nodiscard]] std::size_t byte_offset_of(std::size_t code_point) const noexcept;
  [[nodiscard]] std::size_t size() const noexcept { return size_; }

 private:
  std::string_view text_;
  std::vector<std::uint32_t> checkpoints_;
  std::size_t size_ = 0;
};

}  // namespace graphrail::core
