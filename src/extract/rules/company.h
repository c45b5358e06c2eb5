// Which company a text is about, when it says "we", "the company" or nothing at all.
#pragma once

#include "extract/rules/document.h"
#include "extract/rules/entities.h"
#include "extract/rules/facts.h"

namespace graphrail::extract::rules {

/// The entity the announcement is about, or kNone when nothing points at one.
[[nodiscard]] std::uint32_t choose_company(const Document& doc, const Facts& facts,
                                           const Entities& entities);

}  // namespace graphrail::extract::rules
