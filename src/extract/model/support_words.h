// Words that stand for what they do not name: pronouns and descriptions of a company, the words of
// a category. Pure.
#pragma once

#include <cstdint>
#include <string_view>

#include "extract/model/support_text.h"

namespace graphrail::extract::model {

/// "we", "it", "the company", "a bitcoin startup": `range` speaks of a company without naming it.
[[nodiscard]] bool refers_to_company(const rules::Document& doc, rules::TokenRange range);

/// Where the first word of `label` that `range` has stands in it; rules::kNone without one.
[[nodiscard]] std::uint32_t first_word(const SupportText& text, std::string_view label,
                                       rules::TokenRange range);
/// True when each content word of `label` stands in `range`, in this or another inflection.
[[nodiscard]] bool words_in(const SupportText& text, std::string_view label,
                            rules::TokenRange range);

/// "focused on climate", "invests in fintech companies": `range` says what somebody concentrates
/// on, with the category's words at `category`. One deal ("invested in a fintech company") is no
/// focus.
[[nodiscard]] bool states_focus(const SupportText& text, rules::TokenRange range,
                                std::uint32_t category);

}  // namespace graphrail::extract::model
