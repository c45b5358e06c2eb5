#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <string>

#include "tidy/checks.h"
#include "tidy/functions.h"
#include "tidy/lambdas.h"

namespace graphrail::tidy {
namespace {

constexpr std::string_view kAwait = "co_await";

/// Offsets of every co_await.
std::vector<std::size_t> find_awaits(std::string_view code) {
  std::vector<std::size_t> found;
  for (std::size_t at = code.find(kAwait); at != std::string_view::npos;
       at = code.find(kAwait, at + 1)) {
    const bool whole =
        (at == 0 || !is_word_char(code[at - 1])) &&
        (at + kAwait.size() >= code.size() || !is_word_char(code[at + kAwait.size()]));
    if (whole) found.push_back(at);
  }
  return found;
}

/// True for the `{` of a block, false for one that begins a braced value.
bool opens_block(std::string_view code, std::size_t open) {
  const char before = char_before(code, open);
  if (before == '\0' || before == ')' || before == ';' || before == '{' || before == '}' ||
      before == ':' || before == ']') {
    return true;
  }
  const std::string_view word = word_before(code, open);
  static constexpr std::array<std::string_view, 7> kBlockWords = {
      "else", "do", "try", "const", "noexcept", "override", "mutable"};
  if (std::ranges::find(kBlockWords, word) != kBlockWords.end()) return true;
  // A trailing return type: ") -> asio::awaitable<void> {".
  const std::size_t start = code.find_last_of(";{}", open == 0 ? 0 : open - 1);
  const std::string_view head =
      code.substr(start == std::string_view::npos ? 0 : start + 1,
                  open - (start == std::string_view::npos ? 0 : start + 1));
  const std::size_t arrow = head.rfind("->");
  return arrow != std::string_view::npos && head.rfind(')') != std::string_view::npos &&
         char_before(head, arrow) == ')' && head.substr(arrow).find('(') == std::string_view::npos;
}

std::size_t group_start(std::string_view code, std::size_t close) {
  int depth = 0;
  for (std::size_t at = close + 1; at-- > 0;) {
    const char c = code[at];
    if (c == ')' || c == ']' || c == '}') ++depth;
    if ((c == '(' || c == '[' || c == '{') && --depth == 0) return at;
  }
  return 0;
}

bool is_control(std::string_view word) {
  return word == "if" || word == "while" || word == "for" || word == "switch" ||
         word == "constexpr";
}

/// Whether the group that ends in the `}` at `close` is part of an expression that goes on.
bool is_braced_value(std::string_view code, std::size_t close) {
  const std::size_t open = group_start(code, close);
  if (!opens_block(code, open)) return true;
  // The body of a lambda inside an argument list is no end of the expression either.
  std::size_t next = close + 1;
  while (next < code.size() && (code[next] == ' ' || code[next] == '\n')) ++next;
  return next < code.size() && (code[next] == ',' || code[next] == ')' || code[next] == '(');
}

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
  /// co_await stands inside the braces of a value: the expression begins further out.
  bool inside_braces = false;
};

/// The full expression around the co_await at `at`: up to the statement's `;`, or the parentheses
/// of an if, while, for or switch.
Range full_expression(std::string_view code, std::size_t at) {
  Range range{at, at, false};
  bool in_control = false;
  for (std::size_t back = at; back-- > 0;) {
    const char c = code[back];
    if (c == ';' || (c == '}' && !is_braced_value(code, back))) break;
    if (c == ')' || c == ']' || c == '}') {
      back = group_start(code, back);
    } else if (c == '(' && is_control(word_before(code, back))) {
      in_control = true;
      break;
    } else if (c == '{') {
      if (opens_block(code, back)) break;
      range.inside_braces = true;
    }
    range.begin = back;
  }
  for (range.end = at; range.end < code.size();) {
    const char c = code[range.end];
    if (c == ';' || (in_control && c == ')')) break;
    if (c == '(' || c == '[' || c == '{') {
      range.end = skip_group(code, range.end);
    } else {
      ++range.end;
    }
  }
  return range;
}

/// What is wrong in the expression; lambda bodies are expressions of their own and are skipped.
std::optional<std::string> objection(std::string_view code, const Range& range) {
  if (range.inside_braces) return "co_await inside a braced value: name the result first";
  for (std::size_t at = range.begin; at < range.end; ++at) {
    if (const std::optional<Lambda> lambda = lambda_at(code, at)) {
      if (lambda->captures_by_value()) {
        return "a capturing lambda in an expression with co_await: name it, then await it";
      }
      at = lambda->body_end - 1;
    } else if (code[at] == '?') {
      return "?: in an expression with co_await: use if";
    } else if (code[at] == '{') {
      return "a brace-built value in an expression with co_await: name it, then await it";
    }
  }
  return std::nullopt;
}

}  // namespace

Problems check_await_expressions(const SourceFile& file) {
  Problems problems;
  std::size_t checked_to = 0;
  for (const std::size_t at : find_awaits(file.code)) {
    const Range range = full_expression(file.code, at);
    if (range.begin < checked_to) continue;
    const std::optional<std::string> what = objection(file.code, range);
    const std::size_t line = line_of(file.code, at);
    if (what && !is_allowed(file, line, "await")) problems.push_back({file.path, line, *what});
    if (what) checked_to = range.end;
  }
  return problems;
}

Problems check_locks(const SourceFile& file) {
  Problems problems;
  const std::string_view code = file.code;
  for (const std::string_view guard :
       {"std::scoped_lock", "std::lock_guard", "std::unique_lock", "std::shared_lock"}) {
    for (std::size_t at = code.find(guard); at != std::string_view::npos;
         at = code.find(guard, at + 1)) {
      // The guard lives to the end of its block, or to a call of unlock().
      int depth = 0;
      for (std::size_t next = at; next < code.size() && depth >= 0; ++next) {
        if (code[next] == '{') ++depth;
        if (code[next] == '}') --depth;
        if (code.substr(next).starts_with(".unlock()")) break;
        if (const std::optional<Lambda> lambda = lambda_at(code, next)) {
          next = lambda->body_end - 1;
        } else if (code.substr(next).starts_with(kAwait)) {
          const std::size_t line = line_of(code, next);
          if (is_allowed(file, line, "lock")) break;
          problems.push_back({file.path, line,
                              "co_await while a lock from line " +
                                  std::to_string(line_of(code, at)) + " is held"});
          break;
        }
      }
    }
  }
  return problems;
}

}  // namespace graphrail::tidy
