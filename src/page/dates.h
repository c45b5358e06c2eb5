// Recognises dates as pages write them. Pure, any thread.
#pragma once

#include <string>
#include <string_view>

namespace graphrail::page {

/// The day of a written date as YYYY-MM-DD: ISO 8601 ("2019-11-19T08:00Z"), "20191119",
/// RFC 822 ("Tue, 19 Nov 2019"), "November 19, 2019", "19 November 2019". Empty when `text` holds
/// none of these or a day that does not exist; numeric day/month orders are not guessed.
[[nodiscard]] std::string iso_date(std::string_view text);

/// The date in a URL path such as /2019/11/19/ or /2019-11-19-; empty when there is none.
[[nodiscard]] std::string date_in_url(std::string_view url);

}  // namespace graphrail::page
