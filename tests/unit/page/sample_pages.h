// Pages and prose written for these tests.
#pragma once

#include <string>
#include <string_view>

#include "core/result.h"
#include "page/page_text.h"

namespace graphrail::page::testing {

/// `count` different paragraphs of plain prose, about 150 characters each.
inline std::string paragraphs(int count) {
  std::string html;
  for (int i = 1; i <= count; ++i) {
    html += "<p>Paragraph " + std::to_string(i) +
            " tells of the harbour town, where the ferries leave at dawn, the nets dry on the quay"
            " and the baker opens before the fishermen come home.</p>\n";
  }
  return html;
}

inline core::Result<PageText> read_html(
    std::string_view html, std::string_view content_type = "text/html; charset=utf-8") {
  return read_page(html,
                   {.content_type = content_type, .url = "https://news.example/2024/05/06/a"});
}

/// The text of a page that must be readable.
inline std::string text_of(std::string_view html) {
  const auto page = read_html(html);
  return page ? page->text : "FAILED: " + page.error().reason();
}

inline std::string reason_of_failure(std::string_view html) {
  const auto page = read_html(html);
  return page ? "ok" : page.error().reason();
}

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

}  // namespace graphrail::page::testing
