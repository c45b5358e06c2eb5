#include "tidy/source_file.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "tidy/masking.h"

namespace graphrail::tidy {
namespace fs = std::filesystem;
namespace {

constexpr std::array<std::string_view, 5> kSkippedFolders = {".git", "build", "node_modules",
                                                             "dist", "data"};
constexpr std::array<std::string_view, 22> kTextEndings = {
    ".h",    ".cpp",  ".cmake", ".txt",     ".md",  ".sh",  ".json", ".jsonl",
    ".yaml", ".yml",  ".ts",    ".tsx",     ".js",  ".mjs", ".css",  ".html",
    ".sql",  ".toml", ".supp",  ".service", ".lua", ".svg"};

bool is_text(const fs::path& path) {
  const std::string extension = path.extension().string();
  // run, test, LICENSE, Dockerfile, .clang-format and the like have no ending.
  return extension.empty() || std::ranges::find(kTextEndings, extension) != kTextEndings.end();
}

std::string read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read " + path.string());
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

void collect(const fs::path& root, const fs::path& folder, std::vector<SourceFile>& out) {
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    if (entry.is_symlink()) continue;
    if (entry.is_directory()) {
      // tests/data is ours: only the `data` of a running server is not.
      const bool skipped = std::ranges::find(kSkippedFolders, name) != kSkippedFolders.end() &&
                           !(name == "data" && folder != root);
      if (!skipped) collect(root, entry.path(), out);
    } else if (entry.is_regular_file() && is_text(entry.path()) && name != ".git" &&
               name != ".env") {
      out.push_back(
          make_source_file(fs::relative(entry.path(), root).generic_string(), read(entry.path())));
    }
  }
}

}  // namespace

std::string_view SourceFile::room() const {
  const std::string_view whole = path;
  if (!whole.starts_with("src/")) return {};
  const std::size_t end = whole.find('/', 4);
  return end == std::string_view::npos ? std::string_view{} : whole.substr(4, end - 4);
}

SourceFile make_source_file(std::string path, std::string text) {
  SourceFile file;
  file.path = std::move(path);
  file.text = std::move(text);
  if (file.is_cpp()) {
    Masked masked = mask_cpp(file.text);
    file.code = std::move(masked.code);
    file.comments = std::move(masked.comments);
    file.in_raw_string = std::move(masked.in_raw_string);
  }
  return file;
}

std::vector<SourceFile> load_tree(const fs::path& root) {
  std::vector<SourceFile> files;
  collect(root, root, files);
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

std::size_t line_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  return 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
}

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

bool is_allowed(const SourceFile& file, std::size_t line, std::string_view check) {
  constexpr std::size_t kShortestReason = 12;
  const std::string marker = "tidy-allow(" + std::string(check) + "): ";
  const std::vector<std::string_view> lines = split_lines(file.text);
  for (std::size_t at = line > 1 ? line - 1 : line; at <= line && at <= lines.size(); ++at) {
    const std::size_t found = lines[at - 1].find(marker);
    if (found == std::string_view::npos) continue;
    if (lines[at - 1].size() >= found + marker.size() + kShortestReason) return true;
  }
  return false;
}

std::string describe(const std::vector<Problem>& problems) {
  std::string out;
  for (const Problem& problem : problems) {
    out += "\n  " + problem.path + ":" + std::to_string(problem.line) + ": " + problem.text;
  }
  return out;
}

}  // namespace graphrail::tidy
