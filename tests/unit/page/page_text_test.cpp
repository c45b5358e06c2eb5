#include "page/page_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "core/utf8.h"
#include "page/html_entities.h"
#include "unit/page/sample_pages.h"

namespace graphrail::page {
namespace {

using testing::contains;
using testing::paragraphs;
using testing::read_html;

TEST(PageText, PlainTextIsNotReadAsMarkup) {
  std::string body;
  for (int i = 0; i < 10; ++i) body += "if a < b   then <b>not bold</b> &amp; so on\r\n\r\n";
  const auto page = read_html(body, "text/plain; charset=utf-8");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->text.find("if a < b then <b>not bold</b> &amp; so on\nif a"), 0U);
}

TEST(PageText, XhtmlIsReadAsXml) {
  const auto page = read_html(
      "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body>"
      "<script src='x'/><div/><p><![CDATA[5 < 6 in]]> XML.</p>" +
          paragraphs(3) + "</body></html>",
      "application/xhtml+xml");
  ASSERT_TRUE(page);
  EXPECT_TRUE(contains(page->text, "5 < 6 in XML."));
}

TEST(PageText, FailuresCarryTheirReason) {
  const auto json = read_html("{}", "application/json");
  ASSERT_FALSE(json);
  EXPECT_EQ(json.error().code(), make_error_code(PageError::kUnsupportedType));
  EXPECT_EQ(json.error().reason(), "unsupported_type");
  EXPECT_FALSE(json.error().public_text().empty());
  const auto gone = read_page(paragraphs(4), {.content_type = "text/html", .status = 410});
  ASSERT_FALSE(gone);
  EXPECT_EQ(gone.error().reason(), "not_found");
}

TEST(PageText, TheMinimumIsTheCallers) {
  const std::string html = "<p>Forty characters of text, more or less.</p>";
  EXPECT_FALSE(read_page(html, {.content_type = "text/html"}));
  EXPECT_TRUE(read_page(html, {.content_type = "text/html", .minimum_chars = 30}));
}

TEST(PageText, CharsetIsReported) {
  const auto page =
      read_html("<p>na\xEFve caf\xE9</p>" + paragraphs(2), "text/html; charset=latin1");
  ASSERT_TRUE(page);
  EXPECT_EQ(page->charset, "windows-1252");
  EXPECT_TRUE(contains(page->text, "naïve café"));
}

TEST(PageText, CharacterReferences) {
  EXPECT_EQ(decode_character_references("&lt;&#65;&#x42;&eacute;&copy&amp;lt;&nosuch;&"),
            "<ABé©&lt;&nosuch;&");
  EXPECT_EQ(decode_character_references("&#0;&#x110000;&#128;&notit;"), "\uFFFD\uFFFD€¬it;");
}

// Hostile pages end soon; a quadratic step would take minutes on these.
TEST(PageText, HostileInputIsReadInLinearTime) {
  const std::vector<std::string> parts = {
      "<div>",
      "<div class=cookie>a</div>",
      "<table><tr><td>x, y. ",
      "<b><i>",
      "</p></b>",
      "<p><b>",
      "<li>",
      "<!--",
      "<a href=x>y",
      "&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
      "<",
      "<style>.a{",
      "<div>Related",
      "<article><p>A text with a sentence, of fifty characters.</p>"};
  for (const std::string& part : parts) {
    std::string html;
    while (html.size() < 1000000) html += part;
    const auto page = read_html(html);
    EXPECT_TRUE(!page || core::is_valid_utf8(page->text)) << part;
  }
}

RC_GTEST_PROP(PageTextProperty, AnyBytesGiveValidTextOrAReason, (std::string bytes)) {
  const auto page = read_page(bytes, {.content_type = "text/html", .minimum_chars = 1});
  if (page) {
    RC_ASSERT(core::is_valid_utf8(page->text));
    RC_ASSERT(!page->text.empty());
  } else {
    RC_ASSERT(!page.error().reason().empty());
  }
}

}  // namespace
}  // namespace graphrail::page
