// One row of HTML's named character references and its look-up. Constant data, any thread.
#pragma once

#include <string_view>

namespace graphrail::page {

struct NamedReference {
  std::string_view name;  // without '&' and ';'
  char32_t code_point;
  bool without_semicolon = false;  // also recognised when no ';' follows
};

/// The reference called `name` (case matters), nullptr when the table has none.
[[nodiscard]] const NamedReference* find_named_reference(std::string_view name) noexcept;

}  // namespace graphrail::page
