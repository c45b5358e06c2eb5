// Writes page text the way a reader sees it: character references decoded, white space collapsed
// (CSS Text, white-space: normal), invisible Unicode removed and counted. One writer collects the
// text of one page in one string; positions in it are byte offsets. Not shared between threads.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace graphrail::page {

/// Running totals in code points; a block's figures are the difference of two readings.
struct TextCounts {
  std::uint32_t chars = 0;       // code points written, spaces included
  std::uint32_t link_chars = 0;  // of these inside links
  std::uint32_t wide = 0;        // of these CJK and other full-width characters
  std::uint32_t words = 0;       // starts of runs without white space
  std::uint32_t stops = 0;       // . , ! ? ; : and their CJK forms, when not inside a number
  std::uint32_t invisible = 0;   // code points left out because nobody can see them
};

class TextWriter {
 public:
  explicit TextWriter(std::size_t expected_bytes) { text_.reserve(expected_bytes); }

  /// Adds a run of characters. `literal` leaves character references as they are;
  /// `preformatted` keeps line breaks.
  void append(std::string_view raw, bool literal, bool in_link, bool preformatted);

  /// A line break inside a block (<br>).
  void break_line();

  /// Ends a block: the next character starts without pending space. The trailing space is dropped.
  void end_block();

  [[nodiscard]] const std::string& text() const noexcept { return text_; }
  [[nodiscard]] std::string take_text() && { return std::move(text_); }
  [[nodiscard]] const TextCounts& counts() const noexcept { return counts_; }
  [[nodiscard]] std::uint32_t size() const noexcept {
    return static_cast<std::uint32_t>(text_.size());
  }

 private:
  enum class Gap : std::uint8_t { kNone, kSpace, kLine };
  void put_code_point(char32_t code_point, bool in_link);
  void close_gap(bool in_link);

  std::string text_;
  TextCounts counts_;
  Gap gap_ = Gap::kNone;
  bool at_block_start_ = true;
  char32_t last_ = 0;
};

/// Whether `code_point` shows nothing and only hides or reorders text: zero-width characters,
/// bidirectional controls, tags, variation selectors beyond emoji. `previous` decides whether a
/// joiner belongs to a script or an emoji that needs it.
[[nodiscard]] bool is_invisible(char32_t code_point, char32_t previous) noexcept;

}  // namespace graphrail::page
