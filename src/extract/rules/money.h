// Amounts of money: "$500K", "US$3.5 million", "13 MM", "€1,2 mn", "800000 euros", "Rs 5 crore",
// "two million dollars", "¥3 billion".
#pragma once

#include "extract/rules/document.h"

namespace graphrail::extract::rules {

/// Fills `doc.money` and `doc.money_at`; linear.
void find_money(Document& doc);

}  // namespace graphrail::extract::rules
