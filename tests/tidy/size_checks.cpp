#include <cstddef>

#include "tidy/checks.h"
#include "tidy/functions.h"

namespace graphrail::tidy {
namespace {

constexpr std::size_t kMaxFileLines = 500;
constexpr std::size_t kMaxFunctionLines = 70;

}  // namespace

Problems check_sizes(const SourceFile& file) {
  Problems problems;
  if (!file.is_cpp()) return problems;
  const std::size_t lines = split_lines(file.text).size();
  if (lines > kMaxFileLines && !is_allowed(file, 1, "size")) {
    problems.push_back({file.path, 1,
                        "the file has " + std::to_string(lines) + " lines, the ceiling is " +
                            std::to_string(kMaxFileLines) + ": split it by topic"});
  }
  for (const Function& function : find_functions(file.code)) {
    if (function.lines() <= kMaxFunctionLines || is_allowed(file, function.first_line, "size")) {
      continue;
    }
    problems.push_back({file.path, function.first_line,
                        "a function of " + std::to_string(function.lines()) +
                            " lines, the ceiling is " + std::to_string(kMaxFunctionLines) + ": " +
                            function.header.substr(0, 60)});
  }
  return problems;
}

}  // namespace graphrail::tidy
