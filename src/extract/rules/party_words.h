// The words around the names of a list of investors: which describe a name, stand for a group or
// end an item. Pure functions of a Document and a token's index; safe from any thread.
#pragma once

#include "extract/rules/document.h"

namespace graphrail::extract::rules {

/// "a group of", "friends at", "such as": two words that lead to names.
bool group_of(const Document& doc, std::uint32_t i);
/// "developer", "blogger": a trade in lower case that stands between a company and a person.
bool trade(const Document& doc, std::uint32_t i);
/// "Acme subsidiary Loomy": the noun says that the second name belongs to the first.
bool subsidiary(const Document& doc, std::uint32_t i);
/// A word without a noun's class that may stand in the description before a name.
bool describing_word(const Document& doc, std::uint32_t i);
/// "arm", "unit", "fund": a common noun that ends an item.
bool unit_noun(const Document& doc, std::uint32_t i);
/// A verb that starts a new clause and so ends a description.
bool new_clause(const Document& doc, std::uint32_t i);
/// "include", "includes".
bool includes(const Document& doc, std::uint32_t i);
/// "operators", "founders": persons in the plural who may invest.
bool people_noun(const Document& doc, std::uint32_t i);
/// "Jane Roe, M.D., partner": the comma behind the degree whose comma stands at `i`, else `i`.
std::uint32_t past_degree(const Document& doc, std::uint32_t i, std::uint32_t last);

}  // namespace graphrail::extract::rules
