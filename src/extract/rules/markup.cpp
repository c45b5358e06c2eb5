#include "extract/rules/markup.h"

#include <algorithm>

#include "extract/rules/front_matter.h"
#include "extract/rules/markup_reader.h"

namespace graphrail::extract::rules {
namespace {

constexpr std::size_t kMaxTitleBytes = 300;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

/// The first line as a title; returns where the body starts.
std::size_t read_title(std::string_view source, MarkupReader& reader) {
  std::size_t begin = 0;
  while (begin < source.size() && is_blank(source[begin])) ++begin;
  const std::size_t end = std::min(source.find('\n', begin), source.size());
  if (end == source.size() || end - begin > kMaxTitleBytes) return begin;
  const std::string_view line = source.substr(begin, end - begin);
  if (line.starts_with("---") || line.starts_with('#') || line.ends_with('.')) return begin;
  reader.read_line(begin, end, BlockKind::kTitle, false);
  return end + 1;
}

std::size_t read_front_matter_fields(std::string_view source, std::size_t at,
                                     MarkupReader& reader) {
  std::size_t begin = at;
  while (begin < source.size() && is_blank(source[begin])) ++begin;
  const std::string_view rest = source.substr(std::min(begin, source.size()));
  if (!rest.starts_with("---\n") && !rest.starts_with("---\r\n")) return at;
  const FrontMatter front = read_front_matter(source, begin);
  for (const FrontMatterLine& line : front.lines) {
    const BlockKind kind = line.is_title ? BlockKind::kTitle : BlockKind::kField;
    reader.read_line(line.begin, line.end, kind, !line.starts_field);
  }
  return front.end > begin ? front.end : at;
}

}  // namespace

VisibleText read_markup(std::string_view source) {
  VisibleText out;
  MarkupReader reader(source, out);
  const std::size_t after_title = read_title(source, reader);
  reader.read(read_front_matter_fields(source, after_title, reader));
  return out;
}

}  // namespace graphrail::extract::rules
