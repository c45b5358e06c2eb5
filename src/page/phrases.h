// Wording that marks a line as not part of a story: labels of advertisements, invitations to share
// or subscribe, date lines, headlines repeated. Pure, any thread.
#pragma once

#include <string_view>

namespace graphrail::page {

/// Whether a block is one of the stock lines pages put between paragraphs, in several languages.
[[nodiscard]] bool is_boilerplate_phrase(std::string_view text);

/// Whether a short block only says when something was published: a clock time or a numeric date
/// together with a year, or "Published"/"Updated" in front of a date.
[[nodiscard]] bool is_date_line(std::string_view text);

/// Whether a block credits a picture or the people who reported: "... (Image: Name)",
/// "Reporting by ...", "... contributed to this report."
[[nodiscard]] bool is_credit(std::string_view text);

/// Whether a block is an address written out ("https://...", "www. ..."), which is text for a
/// reader.
[[nodiscard]] bool is_written_address(std::string_view text);

/// Whether a paragraph speaks for the site rather than in the story: cookies, terms, copyright,
/// newsletters, rules for comments.
[[nodiscard]] bool is_site_notice(std::string_view text);

/// Whether a line opens what pages put after a story: comments, the author, other stories.
[[nodiscard]] bool opens_closing_section(std::string_view text);

/// Whether a heading says what the page's title says: most of its words are the title's.
[[nodiscard]] bool repeats_title(std::string_view heading, std::string_view title);

/// Whether the last visible character ends a sentence (closing quotes and brackets skipped).
[[nodiscard]] bool ends_sentence(std::string_view text);

}  // namespace graphrail::page
