#include "tidy/functions.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "tidy/source_file.h"

namespace graphrail::tidy {
namespace {

bool is_space(char c) { return std::isspace(static_cast<unsigned char>(c)) != 0; }

bool starts_with_word(std::string_view text, std::string_view word) {
  return text.starts_with(word) && (text.size() == word.size() || !is_word_char(text[word.size()]));
}

/// Drops `template <…>`, attributes and access specifiers that stand before a declaration.
std::string_view without_prefixes(std::string_view header) {
  const auto trim = [&header] {
    while (!header.empty() && is_space(header.front())) header.remove_prefix(1);
  };
  for (trim();; trim()) {
    if (header.starts_with("[[")) {
      header.remove_prefix(skip_group(header, 0));
    } else if (starts_with_word(header, "template")) {
      std::size_t at = std::min(header.find('<'), header.size() - 1);
      int depth = 0;
      do {
        depth += header[at] == '<' ? 1 : header[at] == '>' ? -1 : 0;
        ++at;
      } while (depth > 0 && at < header.size());
      header.remove_prefix(at);
    } else {
      static constexpr std::array<std::string_view, 3> kAccess = {
          "public:", "private:", "protected:"};
      const auto* found = std::ranges::find_if(
          kAccess, [&](std::string_view word) { return header.starts_with(word); });
      if (found == kAccess.end()) return header;
      header.remove_prefix(found->size());
    }
  }
}

/// Offset of `what` outside parentheses, brackets and braces, or npos.
std::size_t find_outside(std::string_view text, char what) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == what) return at;
    if (text[at] == '(' || text[at] == '[' || text[at] == '{') at = skip_group(text, at) - 1;
  }
  return std::string_view::npos;
}

/// "a = b" is an initialiser; "operator==(…)", "a <= b" in a requires clause are not.
bool is_initialiser(std::string_view header) {
  const std::size_t name = header.find("operator");
  if (name != std::string_view::npos) header = header.substr(0, name);
  const std::size_t equals = find_outside(header, '=');
  if (equals == std::string_view::npos) return false;
  const char before = equals > 0 ? header[equals - 1] : '\0';
  const char after = equals + 1 < header.size() ? header[equals + 1] : '\0';
  return after != '=' && before != '=' && before != '<' && before != '>' && before != '!';
}

bool ends_in_lambda(std::string_view header) {
  const std::size_t equals = header.find('=');
  if (equals == std::string_view::npos) return false;
  std::string_view value = header.substr(equals + 1);
  while (!value.empty() && is_space(value.front())) value.remove_prefix(1);
  return value.starts_with('[');
}

bool opens_function(std::string_view header) {
  header = without_prefixes(header);
  static constexpr std::array<std::string_view, 6> kScopes = {"namespace", "class", "struct",
                                                              "union",     "enum",  "extern"};
  const bool is_scope = std::ranges::any_of(
      kScopes, [&](std::string_view word) { return starts_with_word(header, word); });
  // "struct Point f() {" is legal and never written here.
  if (is_scope) return false;
  if (is_initialiser(header)) return ends_in_lambda(header);
  return header.find('(') != std::string_view::npos;
}

/// In `Foo() : a_{1}, b_{2} {` the first braces initialise members: a name stands before them and
/// a single colon after the parameters.
bool opens_member_initialiser(std::string_view header) {
  const std::size_t parameters = header.find('(');
  if (parameters == std::string_view::npos) return false;
  std::string_view rest = header.substr(skip_group(header, parameters));
  const std::size_t colon = find_outside(rest, ':');
  if (colon == std::string_view::npos || rest.substr(colon).starts_with("::")) return false;
  if (rest.substr(0, colon).find("->") != std::string_view::npos) return false;
  const char last = char_before(rest, rest.size());
  return is_word_char(last) || last == '>';
}

}  // namespace

bool is_word_char(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

std::size_t skip_group(std::string_view code, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < code.size(); ++at) {
    const char c = code[at];
    if (c == '(' || c == '[' || c == '{') ++depth;
    if ((c == ')' || c == ']' || c == '}') && --depth == 0) return at + 1;
  }
  return code.size();
}

std::string fold_space(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (!is_space(c)) {
      out.push_back(c);
    } else if (!out.empty() && out.back() != ' ') {
      out.push_back(' ');
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

char char_before(std::string_view code, std::size_t at) {
  while (at > 0 && is_space(code[at - 1])) --at;
  return at > 0 ? code[at - 1] : '\0';
}

std::string_view word_before(std::string_view code, std::size_t at) {
  while (at > 0 && is_space(code[at - 1])) --at;
  std::size_t start = at;
  while (start > 0 && is_word_char(code[start - 1])) --start;
  return code.substr(start, at - start);
}

std::vector<Function> find_functions(std::string_view code) {
  std::vector<Function> found;
  std::size_t start = 0;  // of the declaration that is being read
  for (std::size_t at = 0; at < code.size();) {
    const char c = code[at];
    if (c == '(' || c == '[') {
      at = skip_group(code, at);
      continue;
    }
    if (c == '{') {
      const std::string_view header = code.substr(start, at - start);
      const std::size_t end = skip_group(code, at);
      if (opens_function(header)) {
        if (opens_member_initialiser(header)) {
          at = end;
          continue;
        }
        std::size_t first = start;
        while (first < at && is_space(code[first])) ++first;
        found.push_back({fold_space(header), line_of(code, first), line_of(code, end - 1)});
        at = start = end;
        continue;
      }
      if (is_initialiser(without_prefixes(header))) {
        at = end;
        continue;
      }
    }
    ++at;
    if (c == ';' || c == '{' || c == '}') start = at;
  }
  return found;
}

}  // namespace graphrail::tidy
