#include <algorithm>
#include <cstddef>

#include "core/utf8.h"
#include "tidy/checks.h"

namespace graphrail::tidy {
namespace {

constexpr std::size_t kMaxColumns = 100;
constexpr std::size_t kShortestParagraph = 20;

/// Data, or written by a tool: not ours to lay out.
bool is_laid_out_elsewhere(const SourceFile& file) {
  return file.path.ends_with("package-lock.json") || file.path.ends_with(".jsonl") ||
         file.path.ends_with(".svg") || file.path.ends_with(".d.ts") || file.under("tests/data/") ||
         file.under("examples/");
}

/// Prose (Markdown, prompts, pages) is left to the reader's window, JSON cannot be broken anywhere.
bool limits_columns(const SourceFile& file) {
  if (file.path.find("/prompts/") != std::string::npos) return false;
  for (const std::string_view ending : {".md", ".json", ".html", "LICENSE"}) {
    if (file.path.ends_with(ending)) return false;
  }
  return true;
}

}  // namespace

Problems check_layout(const SourceFile& file) {
  Problems problems;
  if (is_laid_out_elsewhere(file)) return problems;
  const auto report = [&](std::size_t line, std::string text) {
    if (!is_allowed(file, line, "layout")) {
      problems.push_back({file.path, line, std::move(text)});
    }
  };
  const std::vector<std::string_view> lines = split_lines(file.text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::string_view line = lines[i];
    const bool raw = i < file.in_raw_string.size() && file.in_raw_string[i];
    if (raw) continue;
    if (line.find('\t') != std::string_view::npos) report(i + 1, "a tab: indent with spaces");
    if (line.ends_with(' ') || line.ends_with('\r')) report(i + 1, "space at the end of the line");
    const bool has_url = line.find("://") != std::string_view::npos;
    if (limits_columns(file) && !has_url && core::count_code_points(line) > kMaxColumns) {
      report(i + 1, "longer than " + std::to_string(kMaxColumns) + " columns");
    }
  }
  if (!file.text.empty() && !file.text.ends_with('\n')) {
    report(lines.size(), "no line break at the end of the file");
  }
  if (file.text.ends_with("\n\n")) report(lines.size(), "empty lines at the end of the file");
  return problems;
}

Problems check_header(const SourceFile& file) {
  Problems problems;
  if (!file.is_header()) return problems;
  if (file.text.find("\n#pragma once\n") == std::string::npos) {
    problems.push_back({file.path, 1, "no #pragma once"});
  }
  std::size_t paragraph = 0;
  for (const std::string_view line : split_lines(file.text)) {
    if (!line.starts_with("//")) break;
    paragraph += line.size();
  }
  if (paragraph < kShortestParagraph) {
    problems.push_back(
        {file.path, 1, "no paragraph at the top that says what this is, who owns it, threading"});
  }
  return problems;
}

}  // namespace graphrail::tidy
