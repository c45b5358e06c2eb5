// The body scanner behind read_markup: one pass over markdown and HTML that keeps what is visible.
// Single use, owned by the call.
#pragma once

#include <cstddef>
#include <string_view>

#include "extract/rules/markup.h"

namespace graphrail::extract::rules {

/// Forward search that remembers its last answer, so that repeated searches from growing
/// positions cost one pass over the text together.
class ForwardFinder {
 public:
  ForwardFinder(std::string_view text, std::string_view pattern) : text_(text), pattern_(pattern) {}
  /// First occurrence at or after `from`, or npos. `from` never decreases between calls.
  [[nodiscard]] std::size_t find(std::size_t from) {
    if (found_ == std::string_view::npos || (searched_ && found_ >= from)) return found_;
    searched_ = true;
    found_ = text_.find(pattern_, from);
    return found_;
  }

 private:
  std::string_view text_;
  std::string_view pattern_;
  std::size_t found_ = 0;
  bool searched_ = false;
};

class MarkupReader {
 public:
  MarkupReader(std::string_view source, VisibleText& out);
  /// Reads [begin, end), one line or field, as a block of `kind`; with `continues`, as more of the
  /// block before. Ranges come in text order.
  void read_line(std::size_t begin, std::size_t end, BlockKind kind, bool continues);
  /// Reads from byte `at` to the end.
  void read(std::size_t at);

 private:
  std::size_t start_line(std::size_t at);
  std::size_t line_marker(std::size_t at);
  bool hidden_line(std::string_view line) const;
  std::size_t inline_char(std::size_t at);
  std::size_t bracket(std::size_t at);
  std::size_t image(std::size_t at);
  std::size_t link_end(std::size_t close);
  std::size_t tag(std::size_t at);
  std::size_t raw_element(std::size_t at, std::string_view name, ForwardFinder& closer);
  std::size_t brace(std::size_t at);
  void attribution(std::string_view tag, std::size_t at);
  void flush(std::size_t at);
  void close_block() { open_ = false; }
  void open_block(BlockKind kind);
  bool at_word_start(std::size_t at) const;

  std::string_view source_;
  VisibleText& out_;
  ForwardFinder bracket_close_;
  ForwardFinder paren_close_;
  ForwardFinder tag_close_;
  ForwardFinder comment_close_;
  ForwardFinder style_close_;
  ForwardFinder script_close_;
  ForwardFinder svg_close_;
  ForwardFinder jsx_comment_close_;
  ForwardFinder brace_close_;
  ForwardFinder percent_close_;
  std::size_t run_ = 0;
  std::size_t link_close_ = std::string_view::npos;
  std::size_t link_jump_ = 0;
  std::uint32_t link_ = 0;
  bool open_ = false;
  bool fenced_ = false;
};

}  // namespace graphrail::extract::rules
