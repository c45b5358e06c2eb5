// Helpers of the checks' own tests: run one check over a snippet of a made-up file.
#pragma once

#include <string>
#include <vector>

#include "tidy/checks.h"

namespace graphrail::tidy {

inline SourceFile cpp(std::string text, std::string path = "src/core/sample.cpp") {
  return make_source_file(std::move(path), std::move(text));
}

/// Lines that the check objects to.
template <class Check>
std::vector<std::size_t> lines_of(Check check, const SourceFile& file) {
  std::vector<std::size_t> lines;
  for (const Problem& problem : check(file)) lines.push_back(problem.line);
  return lines;
}

using Lines = std::vector<std::size_t>;

}  // namespace graphrail::tidy
