// Labels and properties of nodes as the graph shows them.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "extract/rules/deals.h"
#include "extract/rules/document.h"
#include "extract/rules/facts.h"

namespace graphrail::extract::rules {

/// "Series A", "Pre-Seed", "$1.6 Million" or "funding": a round's name after its company.
[[nodiscard]] std::string round_name(const Document& doc, const Round& round);

/// {"stage","amount","currency","amount_usd","date"}, each only when stated.
[[nodiscard]] boost::json::object round_properties(const Document& doc, const Facts& facts,
                                                   const Round& round);

/// "harborstreet" of "https://www.harbor-street.example/team/x".
[[nodiscard]] std::string host_stem(std::string_view url);

/// Lower-case key under which two narrative phrases are the same.
[[nodiscard]] std::string graph_key(std::string_view label);

}  // namespace graphrail::extract::rules
