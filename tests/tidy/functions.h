// Finds function bodies in masked C++ by their braces. Not a parser: it knows just enough of the
// grammar to tell a function from a type, a namespace, an initialiser and a table.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace graphrail::tidy {

struct Function {
  /// The declarator up to the opening brace, white space folded: "int f(int a) const".
  std::string header;
  std::size_t first_line = 0;
  std::size_t last_line = 0;

  [[nodiscard]] std::size_t lines() const { return last_line - first_line + 1; }
};

/// Functions, methods and lambdas at namespace scope, in the order of the text; what is nested in a
/// function belongs to it. `code` as in SourceFile.
[[nodiscard]] std::vector<Function> find_functions(std::string_view code);

/// Offset just after the brace, bracket or parenthesis that closes the one at `open`.
[[nodiscard]] std::size_t skip_group(std::string_view code, std::size_t open);

/// `text` with runs of white space folded to one space, none at the ends.
[[nodiscard]] std::string fold_space(std::string_view text);

/// The identifier that ends just before `at`, white space skipped; empty when none does.
[[nodiscard]] std::string_view word_before(std::string_view code, std::size_t at);

/// The last character before `at` that is not white space, or '\0'.
[[nodiscard]] char char_before(std::string_view code, std::size_t at);

[[nodiscard]] bool is_word_char(char c);

}  // namespace graphrail::tidy
