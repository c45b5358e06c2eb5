#include "extract/rules/front_matter.h"

#include <algorithm>
#include <array>

#include "extract/rules/token.h"

namespace graphrail::extract::rules {
namespace {

constexpr std::size_t kMaxLines = 400;

constexpr auto kTitleKeys = std::to_array({word_hash("title"), word_hash("headline")});
constexpr auto kProseKeys = std::to_array(
    {word_hash("title"), word_hash("headline"), word_hash("description"), word_hash("excerpt"),
     word_hash("subtitle"), word_hash("summary"), word_hash("lead"), word_hash("lede"),
     word_hash("deck"), word_hash("teaser"), word_hash("abstract"), word_hash("intro"),
     word_hash("standfirst"), word_hash("dek")});

template <typename Keys>
bool contains(const Keys& keys, std::uint64_t key) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::size_t line_end(std::string_view source, std::size_t at) {
  return std::min(source.find('\n', at), source.size());
}

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

/// Trims blanks and one pair of quotes, and the block scalar signs | and >.
FrontMatterLine trimmed(std::string_view source, std::size_t begin, std::size_t end) {
  const auto trim = [&] {
    while (begin < end && is_space(source[begin])) ++begin;
    while (end > begin && is_space(source[end - 1])) --end;
  };
  trim();
  const std::string_view value = source.substr(begin, end - begin);
  if (value == "|" || value == ">" || value == "|-" || value == ">-") begin = end;
  if (end - begin >= 2 && (source[begin] == '"' || source[begin] == '\'') &&
      source[begin] == source[end - 1]) {
    ++begin;
    --end;
  }
  trim();
  return {.begin = begin, .end = end};
}

class Reader {
 public:
  Reader(std::string_view source, FrontMatter& out) : source_(source), out_(out) {}

  void line(std::size_t begin, std::size_t end) {
    if (begin == end) return;
    if (is_space(source_[begin])) {
      if (prose_) add(begin, end);
      return;
    }
    const std::size_t colon = source_.substr(begin, end - begin).find(':');
    if (colon == std::string_view::npos || colon > 40) {
      prose_ = false;
      return;
    }
    const std::uint64_t key = word_hash(source_.substr(begin, colon));
    prose_ = contains(kProseKeys, key);
    is_title_ = contains(kTitleKeys, key);
    starts_field_ = true;
    if (prose_) add(begin + colon + 1, end);
  }

 private:
  void add(std::size_t begin, std::size_t end) {
    FrontMatterLine line = trimmed(source_, begin, end);
    if (line.begin == line.end) return;
    line.starts_field = starts_field_;
    line.is_title = is_title_;
    starts_field_ = false;
    out_.lines.push_back(line);
  }

  std::string_view source_;
  FrontMatter& out_;
  bool prose_ = false;
  bool is_title_ = false;
  bool starts_field_ = false;
};

}  // namespace

FrontMatter read_front_matter(std::string_view source, std::size_t at) {
  FrontMatter out;
  Reader reader(source, out);
  std::size_t begin = line_end(source, at) + 1;
  for (std::size_t count = 0; count < kMaxLines && begin < source.size(); ++count) {
    const std::size_t end = line_end(source, begin);
    std::size_t trimmed_end = end;
    while (trimmed_end > begin && is_space(source[trimmed_end - 1])) --trimmed_end;
    if (source.substr(begin, trimmed_end - begin) == "---") {
      out.end = std::min(end + 1, source.size());
      return out;
    }
    reader.line(begin, trimmed_end);
    begin = end + 1;
  }
  return {.lines = {}, .end = at};
}

}  // namespace graphrail::extract::rules
