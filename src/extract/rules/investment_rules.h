// Reverse phrasing and lists: "X invests in Y", "X made an investment in Y and Z", "X-backed Y",
// "X backs Y", and bulleted lists under "Our investors:".
#pragma once

#include "extract/rules/document.h"
#include "extract/rules/facts.h"

namespace graphrail::extract::rules {

/// Adds what sentence number `sentence` says about investments to `facts.investors`.
void find_investments(const Document& doc, std::uint32_t sentence, Facts& facts);

/// Adds the investors of bulleted lists.
void find_listed_investors(const Document& doc, Facts& facts);

/// "A had written the first check - $250,000": the giver invested in the round the sum makes.
void find_givers(const Document& doc, Facts& facts);

/// A mark behind the name that ends at `i`: "(lead)", "- co-lead", ", lead investor".
[[nodiscard]] bool marked_lead(const Document& doc, std::uint32_t i, std::uint32_t last);

}  // namespace graphrail::extract::rules
