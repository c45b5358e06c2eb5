#include "extract/rules/markup_reader.h"

#include <algorithm>
#include <array>

namespace graphrail::extract::rules {
namespace {

constexpr std::size_t kMaxTagBytes = 4000;
constexpr std::size_t kMaxLinkBytes = 2000;

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
/// Letters, digits and any byte of a non-ASCII character.
bool is_word_byte(char c) {
  return is_alpha(c) || is_digit(c) || static_cast<unsigned char>(c) >= 0x80;
}

bool is_block_tag(std::string_view name) {
  static constexpr auto kNames = std::to_array<std::string_view>(
      {"p",          "div",    "br",         "li",     "ul",     "ol",      "h1",   "h2",
       "h3",         "h4",     "h5",         "h6",     "tr",     "td",      "th",   "table",
       "blockquote", "center", "section",    "header", "footer", "article", "hr",   "dd",
       "dt",         "figure", "figcaption", "main",   "aside",  "nav",     "small"});
  return std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace

MarkupReader::MarkupReader(std::string_view source, VisibleText& out)
    : source_(source),
      out_(out),
      bracket_close_(source, "]"),
      paren_close_(source, ")"),
      tag_close_(source, ">"),
      comment_close_(source, "-->"),
      style_close_(source, "</style"),
      script_close_(source, "</script"),
      svg_close_(source, "</svg"),
      jsx_comment_close_(source, "*/}"),
      brace_close_(source, "}}"),
      percent_close_(source, "%}") {}

void MarkupReader::read_line(std::size_t begin, std::size_t end, BlockKind kind, bool continues) {
  if (!continues || !open_) open_block(kind);
  run_ = begin;
  for (std::size_t at = begin; at < end;) {
    const std::size_t next = std::min(inline_char(at), end);
    if (next == at) {
      ++at;
    } else {
      flush(at);
      at = run_ = next;
    }
  }
  flush(end);
  link_ = 0;
  link_close_ = std::string_view::npos;
}

void MarkupReader::read(std::size_t at) {
  close_block();
  bool line_start = true;
  run_ = at;
  while (at < source_.size()) {
    if (line_start) {
      at = run_ = start_line(at);
      line_start = false;
      continue;
    }
    if (source_[at] == '\n') {
      flush(at);
      run_ = ++at;
      line_start = true;
      continue;
    }
    const std::size_t next = inline_char(at);
    if (next == at) {
      ++at;
    } else {
      flush(at);
      at = run_ = next;
    }
  }
  flush(source_.size());
}

void MarkupReader::open_block(BlockKind kind) {
  out_.blocks.push_back({kind});
  open_ = true;
}

void MarkupReader::flush(std::size_t at) {
  while (run_ < at && source_[run_] == ' ') ++run_;
  if (run_ >= at) return;
  if (!open_) open_block(BlockKind::kParagraph);
  out_.segments.push_back({.begin = static_cast<std::uint32_t>(run_),
                           .end = static_cast<std::uint32_t>(at),
                           .block = static_cast<std::uint32_t>(out_.blocks.size() - 1),
                           .link = link_});
}

bool MarkupReader::hidden_line(std::string_view line) const {
  if (line.starts_with(":::")) return true;
  if (line.starts_with("import ") && (line.ends_with(';') || line.ends_with('"'))) return true;
  if (line.starts_with("export ") && line.find('=') != std::string_view::npos) return true;
  if (line.starts_with('[') && line.size() < kMaxLinkBytes) {
    const std::size_t close = line.find("]:");
    if (close != std::string_view::npos && close < 60) return true;
  }
  return line.size() >= 3 && line.find_first_not_of("-=*_ ") == std::string_view::npos;
}

/// Handles what only counts at the start of a line; returns where its inline text begins.
std::size_t MarkupReader::start_line(std::size_t at) {
  const std::size_t end = std::min(source_.find('\n', at), source_.size());
  while (at < end && (source_[at] == ' ' || source_[at] == '\t' || source_[at] == '>')) ++at;
  std::size_t visible_end = end;
  while (visible_end > at &&
         (source_[visible_end - 1] == '\r' || source_[visible_end - 1] == ' ')) {
    --visible_end;
  }
  const std::string_view line = source_.substr(at, visible_end - at);
  if (line.starts_with("```") || line.starts_with("~~~")) {
    fenced_ = !fenced_;
    close_block();
    return end;
  }
  if (fenced_) return end;
  if (line.empty() || hidden_line(line)) {
    close_block();
    link_close_ = std::string_view::npos;
    link_ = 0;
    return end;
  }
  return line_marker(at);
}

/// Heading and list marks; returns the first byte after them.
std::size_t MarkupReader::line_marker(std::size_t at) {
  const char first = source_[at];
  std::size_t next = at;
  if (first == '#') {
    while (next < source_.size() && source_[next] == '#') ++next;
    open_block(BlockKind::kHeading);
    return next;
  }
  // A line that ends a heading's line never continues it.
  if (open_ && out_.blocks.back().kind == BlockKind::kHeading) close_block();
  if ((first == '-' || first == '*' || first == '+') && next + 1 < source_.size() &&
      source_[next + 1] == ' ') {
    open_block(BlockKind::kListItem);
    return next + 1;
  }
  if (source_.substr(at).starts_with("\xE2\x80\xA2")) {
    open_block(BlockKind::kListItem);
    return next + 3;
  }
  while (next < source_.size() && is_digit(source_[next]) && next - at < 3) ++next;
  if (next > at && next + 1 < source_.size() && (source_[next] == '.' || source_[next] == ')') &&
      source_[next + 1] == ' ') {
    open_block(BlockKind::kListItem);
    return next + 1;
  }
  return at;
}

bool MarkupReader::at_word_start(std::size_t at) const {
  return at == 0 || !is_word_byte(source_[at - 1]);
}

/// `at` when the character there is visible, otherwise the first byte after what is hidden.
std::size_t MarkupReader::inline_char(std::size_t at) {
  const char c = source_[at];
  const char next = at + 1 < source_.size() ? source_[at + 1] : '\0';
  switch (c) {
    case '*':
    case '`':
    case '~':
    case '\\':
      return at + 1;
    case '_':
      return at_word_start(at) || !is_word_byte(next) ? at + 1 : at;
    case '[':
      return bracket(at);
    case ']':
      if (at != link_close_) return at + 1;
      flush(at);
      run_ = link_jump_;
      link_ = 0;
      link_close_ = std::string_view::npos;
      return link_jump_;
    case '!':
      return next == '[' ? image(at) : at;
    case '<':
      return tag(at);
    case '{':
      return brace(at);
    case '}':
      return at + 1;
    case 'h':
      if (!at_word_start(at) || (!source_.substr(at).starts_with("http://") &&
                                 !source_.substr(at).starts_with("https://"))) {
        return at;
      }
      return std::min(source_.find_first_of(" \t\r\n)>]\"", at), source_.size());
    default:
      return at;
  }
}

/// First byte after the target that follows the "]" at `close`, or `close` when there is none.
std::size_t MarkupReader::link_end(std::size_t close) {
  if (close + 1 >= source_.size()) return close;
  if (source_[close + 1] == '(') {
    const std::size_t end = paren_close_.find(close + 2);
    if (end == std::string_view::npos || end - close > kMaxLinkBytes) return close;
    return end + 1;
  }
  if (source_[close + 1] == '[') {
    const std::size_t end = source_.substr(close + 2, 80).find(']');
    if (end == std::string_view::npos) return close;
    return close + 2 + end + 1;
  }
  return close;
}

std::size_t MarkupReader::bracket(std::size_t at) {
  if (link_close_ != std::string_view::npos) return at + 1;
  const std::size_t close = bracket_close_.find(at);
  if (close == std::string_view::npos) return at + 1;
  if (source_[at + 1] == '^') return close + 1;
  const std::size_t end = link_end(close);
  if (end == close) return at + 1;
  flush(at);
  run_ = at + 1;
  link_close_ = close;
  link_jump_ = end;
  std::string_view target = source_.substr(close + 2, end - close - 3);
  out_.links.push_back(target);
  link_ = static_cast<std::uint32_t>(out_.links.size());
  return at + 1;
}

std::size_t MarkupReader::image(std::size_t at) {
  const std::size_t close = bracket_close_.find(at);
  if (close == std::string_view::npos) return at + 2;
  const std::size_t end = link_end(close);
  return end == close ? at + 2 : end;
}

std::size_t MarkupReader::raw_element(std::size_t at, std::string_view name,
                                      ForwardFinder& closer) {
  if (!source_.substr(at + 1).starts_with(name)) return at;
  const std::size_t end = closer.find(at);
  if (end == std::string_view::npos) return at;
  close_block();
  return end + name.size() + 3;
}

std::size_t MarkupReader::tag(std::size_t at) {
  const std::string_view rest = source_.substr(at);
  if (rest.starts_with("<!--")) {
    const std::size_t end = comment_close_.find(at);
    return end == std::string_view::npos ? at + 4 : end + 3;
  }
  std::size_t end = raw_element(at, "style", style_close_);
  if (end == at) end = raw_element(at, "script", script_close_);
  if (end == at) end = raw_element(at, "svg", svg_close_);
  if (end != at) return std::min(end, source_.size());
  const char first = rest.size() > 1 ? rest[1] : '\0';
  if (!is_alpha(first) && first != '/' && first != '>') return at;
  const std::size_t close = tag_close_.find(at);
  if (close == std::string_view::npos || close - at > kMaxTagBytes) return at + 1;
  std::size_t name_begin = at + (first == '/' ? 2 : 1);
  std::size_t name_end = name_begin;
  while (name_end < close && (is_alpha(source_[name_end]) || is_digit(source_[name_end]))) {
    ++name_end;
  }
  const std::string_view name = source_.substr(name_begin, name_end - name_begin);
  const bool component = !name.empty() && name[0] >= 'A' && name[0] <= 'Z';
  if (component || is_block_tag(name)) {
    flush(at);
    run_ = at;
    close_block();
    if (component && first != '/') attribution(source_.substr(at, close - at), at);
    run_ = close + 1;
  }
  return close + 1;
}

namespace {

/// Byte range of the quoted value of attribute `name` inside `tag`, empty when absent.
std::pair<std::size_t, std::size_t> attribute(std::string_view tag, std::string_view name) {
  for (std::size_t at = tag.find(name); at != std::string_view::npos; at = tag.find(name, at + 1)) {
    const std::size_t value = at + name.size();
    if (at == 0 || is_alpha(tag[at - 1]) || value + 1 >= tag.size()) continue;
    if (tag[value] != '=' || (tag[value + 1] != '"' && tag[value + 1] != '\'')) continue;
    const std::size_t end = tag.find(tag[value + 1], value + 2);
    if (end == std::string_view::npos) return {0, 0};
    return {value + 2, end};
  }
  return {0, 0};
}

}  // namespace

/// A component such as <Quote name="…" title="…"> names who speaks: a block of its own.
void MarkupReader::attribution(std::string_view tag, std::size_t at) {
  static constexpr auto kNames = std::to_array<std::string_view>(
      {"username", "name", "author", "person", "speaker", "attribution"});
  static constexpr auto kTitles =
      std::to_array<std::string_view>({"title", "role", "position", "job"});
  std::pair<std::size_t, std::size_t> who;
  std::pair<std::size_t, std::size_t> what;
  for (const std::string_view name : kNames) {
    if (who.first == who.second) who = attribute(tag, name);
  }
  for (const std::string_view name : kTitles) {
    if (what.first == what.second) what = attribute(tag, name);
  }
  if (who.first == who.second || what.first == what.second || who.first > what.first) return;
  open_block(BlockKind::kAttribution);
  const auto block = static_cast<std::uint32_t>(out_.blocks.size() - 1);
  out_.segments.push_back({.begin = static_cast<std::uint32_t>(at + who.first),
                           .end = static_cast<std::uint32_t>(at + who.second),
                           .block = block});
  out_.segments.push_back({.begin = static_cast<std::uint32_t>(at + what.first),
                           .end = static_cast<std::uint32_t>(at + what.second),
                           .block = block,
                           .comma_before = true});
  close_block();
}

std::size_t MarkupReader::brace(std::size_t at) {
  const std::string_view rest = source_.substr(at);
  std::size_t end = std::string_view::npos;
  if (rest.starts_with("{/*")) {
    end = jsx_comment_close_.find(at);
    if (end != std::string_view::npos) return end + 3;
  } else if (rest.starts_with("{{")) {
    end = brace_close_.find(at);
    if (end != std::string_view::npos) return end + 2;
  } else if (rest.starts_with("{%")) {
    end = percent_close_.find(at);
    if (end != std::string_view::npos) return end + 2;
  }
  return at + 1;
}

}  // namespace graphrail::extract::rules
