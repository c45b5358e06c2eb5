#include "config/dotenv.h"

#include <fmt/format.h>

#include <expected>

namespace graphrail::config {
namespace {

using Parsed = std::expected<std::string, std::string_view>;

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

bool is_key(std::string_view key) {
  const auto is_letter = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  };
  if (key.empty() || !is_letter(key.front())) return false;
  for (const char c : key) {
    if (!is_letter(c) && !(c >= '0' && c <= '9')) return false;
  }
  return true;
}

std::string_view cut_comment(std::string_view value) {
  for (std::size_t at = value.find('#'); at != std::string_view::npos;
       at = value.find('#', at + 1)) {
    if (at == 0 || value[at - 1] == ' ' || value[at - 1] == '\t') return trim(value.substr(0, at));
  }
  return value;
}

char unescape(char c) {
  switch (c) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    default:
      return c;
  }
}

/// `value` starts with its quote mark.
Parsed read_quoted(std::string_view value) {
  const char quote = value.front();
  std::string out;
  std::size_t at = 1;
  for (; at < value.size() && value[at] != quote; ++at) {
    const bool escapes = quote == '"' && value[at] == '\\' && at + 1 < value.size();
    out.push_back(escapes ? unescape(value[++at]) : value[at]);
  }
  if (at >= value.size()) return std::unexpected("the quote is not closed on this line");
  if (!cut_comment(trim(value.substr(at + 1))).empty()) {
    return std::unexpected("text after the closing quote");
  }
  return out;
}

Parsed read_value(std::string_view value) {
  if (value.starts_with('"') || value.starts_with('\'')) return read_quoted(value);
  return std::string(cut_comment(value));
}

void read_line(std::string_view line, std::size_t number, std::string_view file_name, Dotenv& out) {
  line = trim(line);
  if (line.empty() || line.front() == '#') return;
  if (line.starts_with("export ") || line.starts_with("export\t")) line = trim(line.substr(7));
  const auto report = [&](std::string_view message) {
    out.faults.push_back({fmt::format("{}:{}", file_name, number), std::string(message)});
  };
  const std::size_t equals = line.find('=');
  if (equals == std::string_view::npos) return report("expected KEY=VALUE");
  const std::string_view key = trim(line.substr(0, equals));
  if (!is_key(key)) return report("the name before = may only hold letters, digits and _");
  Parsed value = read_value(trim(line.substr(equals + 1)));
  if (!value) return report(value.error());
  out.entries.push_back({std::string(key), std::move(*value), number});
}

}  // namespace

Dotenv parse_dotenv(std::string_view text, std::string_view file_name) {
  Dotenv out;
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    read_line(text.substr(0, end), number, file_name, out);
    text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  }
  return out;
}

}  // namespace graphrail::config
