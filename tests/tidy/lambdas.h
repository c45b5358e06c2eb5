// Finds lambda expressions in masked C++ text.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace graphrail::tidy {

struct Lambda {
  /// What stands between the brackets, and between the parentheses (empty when there are none).
  std::string_view captures;
  std::string_view parameters;
  /// Offsets of the body's opening brace and of the byte after its closing one.
  std::size_t body_begin = 0;
  std::size_t body_end = 0;

  /// `[x]`, `[=]`, `[this]` and `[x = …]` do; `[]`, `[&]` and `[&x]` do not.
  [[nodiscard]] bool captures_by_value() const;
  [[nodiscard]] bool captures_nothing() const;
};

/// The lambda whose `[` is at `at`, or nothing when that is no lambda (an index, an attribute, a
/// structured binding).
[[nodiscard]] std::optional<Lambda> lambda_at(std::string_view code, std::size_t at);

}  // namespace graphrail::tidy
