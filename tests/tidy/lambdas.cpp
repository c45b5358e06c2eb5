#include "tidy/lambdas.h"

#include <cctype>

#include "tidy/functions.h"

namespace graphrail::tidy {
namespace {

std::size_t skip_space(std::string_view code, std::size_t at) {
  while (at < code.size() && std::isspace(static_cast<unsigned char>(code[at])) != 0) ++at;
  return at;
}

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(skip_space(text, 0));
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back())) != 0) {
    text.remove_suffix(1);
  }
  return text;
}

/// Between a lambda's parameters and its body: specifiers and a trailing return type.
std::size_t skip_specifiers(std::string_view code, std::size_t at) {
  for (;;) {
    at = skip_space(code, at);
    if (at >= code.size()) return at;
    const char c = code[at];
    if (c == '(' || c == '[') {
      at = skip_group(code, at);
    } else if (is_word_char(c) || c == '-' || c == '>' || c == '<' || c == ':' || c == '*' ||
               c == '&') {
      ++at;
    } else if (c == ',' && code.rfind('<', at) != std::string_view::npos &&
               code.rfind('<', at) > code.rfind('>', at)) {
      ++at;  // between template arguments of the return type
    } else {
      return at;
    }
  }
}

}  // namespace

bool Lambda::captures_nothing() const { return trimmed(captures).empty(); }

bool Lambda::captures_by_value() const {
  std::string_view rest = trimmed(captures);
  while (!rest.empty()) {
    if (!rest.starts_with('&')) return true;
    // On to the comma that ends this capture: `&a = f(x, y), b`.
    std::size_t at = 0;
    while (at < rest.size() && rest[at] != ',') {
      const bool opens = rest[at] == '(' || rest[at] == '[' || rest[at] == '{';
      at = opens ? skip_group(rest, at) : at + 1;
    }
    rest = trimmed(rest.substr(at < rest.size() ? at + 1 : at));
  }
  return false;
}

std::optional<Lambda> lambda_at(std::string_view code, std::size_t at) {
  if (at >= code.size() || code[at] != '[') return std::nullopt;
  if (code.substr(at).starts_with("[[")) return std::nullopt;
  const char before = char_before(code, at);
  const std::string_view word = word_before(code, at);
  const bool after_keyword =
      word == "return" || word == "co_return" || word == "co_await" || word == "co_yield";
  // An index follows a value; a structured binding follows auto, & or &&.
  if (before == ')' || before == ']' || (is_word_char(before) && !after_keyword)) {
    return std::nullopt;
  }
  Lambda lambda;
  const std::size_t bracket_end = skip_group(code, at);
  lambda.captures = code.substr(at + 1, bracket_end - at - 2);
  std::size_t next = skip_space(code, bracket_end);
  if (next < code.size() && code[next] == '<') {  // template parameters
    int depth = 0;
    do {
      depth += code[next] == '<' ? 1 : code[next] == '>' ? -1 : 0;
      ++next;
    } while (depth > 0 && next < code.size());
    next = skip_space(code, next);
  }
  if (next < code.size() && code[next] == '(') {
    const std::size_t end = skip_group(code, next);
    lambda.parameters = code.substr(next + 1, end - next - 2);
    next = end;
  }
  lambda.body_begin = skip_specifiers(code, next);
  if (lambda.body_begin >= code.size() || code[lambda.body_begin] != '{') return std::nullopt;
  lambda.body_end = skip_group(code, lambda.body_begin);
  return lambda;
}

}  // namespace graphrail::tidy
