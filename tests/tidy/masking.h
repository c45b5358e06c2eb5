// Tells code from comments and literals in C++ text, without parsing it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace graphrail::tidy {

struct Masked {
  std::string code;
  std::string comments;
  std::vector<bool> in_raw_string;
};

/// See SourceFile for what the parts hold. Understands line and block comments, string, character
/// and raw string literals, digit separators and preprocessor lines with continuations. The quotes
/// of a literal stay in `code`, so that an argument is still seen to be one.
[[nodiscard]] Masked mask_cpp(std::string_view text);

}  // namespace graphrail::tidy
