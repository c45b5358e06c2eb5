#include <array>
#include <cstddef>
#include <optional>
#include <string>

#include "tidy/checks.h"
#include "tidy/functions.h"
#include "tidy/lambdas.h"

namespace graphrail::tidy {
namespace {

struct Exception {
  std::string_view parameter;
  std::string_view reason;
};

/// Parameters that may be references everywhere.
constexpr std::array kByReference = {
    Exception{"const Handler&", "the chain of middlewares owns it and outlives every request"},
    Exception{"const http::Handler&",
              "the chain of middlewares owns it and outlives every request"},
};

bool is_exception(std::string_view parameter) {
  for (const Exception& exception : kByReference) {
    if (parameter.starts_with(exception.parameter)) return true;
  }
  return false;
}

/// Types that refer to what somebody else owns.
bool refers(std::string_view parameter) {
  if (is_exception(parameter)) return false;
  // A default argument is not part of the type, and a callable's signature is its own affair.
  parameter = parameter.substr(0, parameter.find(" = "));
  const std::size_t signature = parameter.find("function<");
  std::string type(parameter.substr(0, signature));
  if (signature != std::string_view::npos) {
    type += parameter.substr(parameter.rfind('>') + 1);
  }
  for (const std::string_view sign : {"&", "string_view", "span<"}) {
    if (type.find(sign) != std::string::npos) return true;
  }
  return false;
}

/// Splits at the commas outside brackets of every kind.
std::vector<std::string> split_parameters(std::string_view list) {
  std::vector<std::string> parameters;
  std::size_t start = 0;
  int angles = 0;
  for (std::size_t at = 0; at <= list.size(); ++at) {
    const char c = at < list.size() ? list[at] : ',';
    if (c == '<') ++angles;
    if (c == '>') --angles;
    if (c == '(' || c == '[' || c == '{') {
      at = skip_group(list, at) - 1;
    } else if (c == ',' && (angles == 0 || at == list.size())) {
      std::string one = fold_space(list.substr(start, at - start));
      if (!one.empty()) parameters.push_back(std::move(one));
      start = at + 1;
    }
  }
  return parameters;
}

/// Offset after the `>` that closes the `<` at `open`.
std::size_t skip_angles(std::string_view code, std::size_t open) {
  int depth = 0;
  for (std::size_t at = open; at < code.size(); ++at) {
    if (code[at] == '<') ++depth;
    if (code[at] == '>' && --depth == 0) return at + 1;
  }
  return code.size();
}

/// Offset of the `(` of a function declared with the return type that ends at `at`, if one is.
std::optional<std::size_t> declarator(std::string_view code, std::size_t at) {
  std::size_t next = at;
  while (next < code.size() && (is_word_char(code[next]) || code[next] == ' ' ||
                                code[next] == '\n' || code[next] == ':')) {
    ++next;
  }
  const bool named = !word_before(code, next).empty() && next > at;
  if (!named || next >= code.size() || code[next] != '(') return std::nullopt;
  return next;
}

bool awaits_itself(std::string_view code, const Lambda& lambda) {
  for (std::size_t at = lambda.body_begin + 1; at < lambda.body_end; ++at) {
    if (const std::optional<Lambda> inner = lambda_at(code, at)) {
      at = inner->body_end - 1;
    } else if (code.substr(at).starts_with("co_") && !is_word_char(code[at - 1])) {
      const std::string_view rest = code.substr(at);
      if (rest.starts_with("co_await") || rest.starts_with("co_return")) return true;
    }
  }
  return false;
}

void report_parameters(const SourceFile& file, std::size_t at, std::string_view list,
                       Problems& problems) {
  for (const std::string& parameter : split_parameters(list)) {
    const std::size_t line = line_of(file.code, at);
    if (!refers(parameter) || is_allowed(file, line, "reference")) continue;
    problems.push_back({file.path, line,
                        "a coroutine takes `" + parameter +
                            "`: pass it by value, it must outlive the first co_await"});
  }
}

}  // namespace

Problems check_coroutine_parameters(const SourceFile& file) {
  Problems problems;
  const std::string_view code = file.code;
  constexpr std::string_view kReturn = "awaitable<";
  for (std::size_t at = code.find(kReturn); at != std::string_view::npos;
       at = code.find(kReturn, at + 1)) {
    if (at > 0 && is_word_char(code[at - 1])) continue;
    const auto open = declarator(code, skip_angles(code, at + kReturn.size() - 1));
    if (!open) continue;
    const std::size_t end = skip_group(code, *open);
    report_parameters(file, *open, code.substr(*open + 1, end - *open - 2), problems);
  }
  for (std::size_t at = 0; at < code.size(); ++at) {
    const std::optional<Lambda> lambda = lambda_at(code, at);
    if (lambda && awaits_itself(code, *lambda)) {
      report_parameters(file, at, lambda->parameters, problems);
    }
  }
  return problems;
}

Problems check_coroutine_lambdas(const SourceFile& file) {
  Problems problems;
  const std::string_view code = file.code;
  for (std::size_t at = 0; at < code.size(); ++at) {
    const std::optional<Lambda> lambda = lambda_at(code, at);
    if (!lambda || lambda->captures_nothing() || !awaits_itself(code, *lambda)) continue;
    const std::size_t line = line_of(code, at);
    if (is_allowed(file, line, "lambda")) continue;
    problems.push_back({file.path, line,
                        "a coroutine lambda captures [" + fold_space(lambda->captures) +
                            "]: make it a function that takes these by value"});
  }
  return problems;
}

}  // namespace graphrail::tidy
