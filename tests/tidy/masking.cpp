#include "tidy/masking.h"

#include <algorithm>
#include <cctype>
#include <cstddef>

namespace graphrail::tidy {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

/// One pass over the text; each step consumes one construct and says where its bytes go.
class Masker {
 public:
  explicit Masker(std::string_view text) : text_(text) {
    masked_.code.assign(text.size(), ' ');
    masked_.comments.assign(text.size(), ' ');
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '\n') masked_.code[i] = masked_.comments[i] = '\n';
    }
    masked_.in_raw_string.assign(static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1,
                                 false);
  }

  Masked run() {
    while (at_ < text_.size()) step();
    return std::move(masked_);
  }

 private:
  void step() {
    if (starts("//")) return comment(end_of_line(at_));
    if (starts("/*")) return comment(after("*/", at_ + 2));
    if (text_[at_] == '#' && at_line_start_) return skip_to(end_of_directive());
    if (text_[at_] == 'R' && peek(1) == '"' && !after_word()) return raw_string();
    if (text_[at_] == '"') return literal('"');
    if (text_[at_] == '\'' && !is_digit_separator()) return literal('\'');
    const char c = text_[at_];
    if (c != '\n') masked_.code[at_] = c;
    if (c == '\n') {
      at_line_start_ = true;
    } else if (c != ' ' && c != '\t') {
      at_line_start_ = false;
    }
    ++at_;
  }

  [[nodiscard]] bool starts(std::string_view what) const {
    return text_.substr(at_).starts_with(what);
  }
  [[nodiscard]] char peek(std::size_t ahead) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  [[nodiscard]] bool after_word() const { return at_ > 0 && is_word(text_[at_ - 1]); }
  /// In 1'000 the quote stands between digits; in u8'x' the word before it is a prefix.
  [[nodiscard]] bool is_digit_separator() const {
    if (!after_word() || !is_word(peek(1))) return false;
    std::size_t start = at_;
    while (start > 0 && (is_word(text_[start - 1]) || text_[start - 1] == '\'')) --start;
    return std::isdigit(static_cast<unsigned char>(text_[start])) != 0;
  }
  [[nodiscard]] std::size_t end_of_line(std::size_t from) const {
    return std::min(text_.find('\n', from), text_.size());
  }
  [[nodiscard]] std::size_t after(std::string_view what, std::size_t from) const {
    const std::size_t found = text_.find(what, from);
    return found == std::string_view::npos ? text_.size() : found + what.size();
  }
  [[nodiscard]] std::size_t end_of_directive() const {
    std::size_t end = end_of_line(at_);
    while (end < text_.size() && end > 0 && text_[end - 1] == '\\') end = end_of_line(end + 1);
    const std::size_t note = text_.substr(0, end).find("//", at_);
    // A URL or path in an #include has no comment after it that matters.
    return note == std::string_view::npos ? end : note;
  }

  void skip_to(std::size_t end) {
    at_ = std::max(end, at_ + 1);
    at_line_start_ = false;
  }
  void comment(std::size_t end) {
    for (std::size_t i = at_; i < end; ++i) masked_.comments[i] = text_[i];
    at_ = end;
  }
  void literal(char quote) {
    masked_.code[at_++] = quote;
    while (at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n') {
      at_ += text_[at_] == '\\' ? 2U : 1U;
    }
    if (at_ < text_.size() && text_[at_] == quote) masked_.code[at_++] = quote;
    at_line_start_ = false;
  }
  void raw_string() {
    const std::size_t open = text_.find('(', at_);
    if (open == std::string_view::npos) return skip_to(text_.size());
    const std::string close = ")" + std::string(text_.substr(at_ + 2, open - at_ - 2)) + "\"";
    const std::size_t end = after(close, open);
    std::size_t line = line_number(at_);
    for (std::size_t i = at_; i < end; ++i) {
      masked_.in_raw_string[line] = true;
      if (text_[i] == '\n') ++line;
    }
    masked_.code[at_ + 1] = '"';
    masked_.code[end - 1] = '"';
    skip_to(end);
  }
  [[nodiscard]] std::size_t line_number(std::size_t offset) const {
    return static_cast<std::size_t>(std::ranges::count(text_.substr(0, offset), '\n'));
  }

  std::string_view text_;
  std::size_t at_ = 0;
  bool at_line_start_ = true;
  Masked masked_;
};

}  // namespace

Masked mask_cpp(std::string_view text) { return Masker(text).run(); }

}  // namespace graphrail::tidy
