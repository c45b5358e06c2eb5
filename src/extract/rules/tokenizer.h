// Visible text to tokens: words (with inner hyphens, apostrophes and domain dots), numbers and
// symbols. Pure; linear in the text.
#pragma once

#include <string_view>
#include <vector>

#include "extract/rules/markup.h"
#include "extract/rules/token.h"

namespace graphrail::extract::rules {

/// Tokens of `visible` in order. Byte ranges refer to `source`.
[[nodiscard]] std::vector<Token> tokenize(std::string_view source, const VisibleText& visible);

}  // namespace graphrail::extract::rules
