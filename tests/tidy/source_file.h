// A file of the source tree as the tidy checks see it: its text, and for C++ the same text with
// everything blanked that is not code, so that a brace in a string never counts.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace graphrail::tidy {

/// Something a check objects to; `line` counts from 1.
struct Problem {
  std::string path;
  std::size_t line = 0;
  std::string text;

  bool operator==(const Problem&) const = default;
};

struct SourceFile {
  /// Relative to the root of the tree, with forward slashes.
  std::string path;
  std::string text;
  /// For C++: `text` with comments, preprocessor lines and the contents of literals replaced by
  /// spaces; every byte keeps its offset and every line break stays. Empty for other files.
  std::string code;
  /// For C++: the comments alone, everything else replaced by spaces.
  std::string comments;
  /// For C++: lines that begin or continue inside a raw string literal.
  std::vector<bool> in_raw_string;

  [[nodiscard]] bool is_cpp() const { return is_header() || path.ends_with(".cpp"); }
  [[nodiscard]] bool is_header() const { return path.ends_with(".h"); }
  /// "core" for src/core/…; empty outside the rooms.
  [[nodiscard]] std::string_view room() const;
  [[nodiscard]] bool under(std::string_view folder) const { return path.starts_with(folder); }
};

[[nodiscard]] SourceFile make_source_file(std::string path, std::string text);

/// Every text file of the project, sorted by path; built, installed and fetched files are left out.
/// Throws std::runtime_error when the tree cannot be read.
[[nodiscard]] std::vector<SourceFile> load_tree(const std::filesystem::path& root);

/// Number of the line (from 1) that holds byte `offset`.
[[nodiscard]] std::size_t line_of(std::string_view text, std::size_t offset);

[[nodiscard]] std::vector<std::string_view> split_lines(std::string_view text);

/// True when the line or the one above it carries `tidy-allow(<check>): <reason>`.
[[nodiscard]] bool is_allowed(const SourceFile& file, std::size_t line, std::string_view check);

/// Readable list for a failure message, one "path:line: text" a line.
[[nodiscard]] std::string describe(const std::vector<Problem>& problems);

}  // namespace graphrail::tidy
