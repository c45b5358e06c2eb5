#include "page/visibility.h"

#include <gtest/gtest.h>

#include "unit/page/sample_pages.h"

namespace graphrail::page {
namespace {

using testing::contains;
using testing::paragraphs;
using testing::read_html;

TEST(Visibility, StylesThatHide) {
  for (const char* style :
       {"display:none", "DISPLAY : None !important", "color:red;visibility:hidden", "opacity:0",
        "opacity: .0", "font-size:0", "font-size:1px", "text-indent:-9999px",
        "position:absolute;left:-9999px", "height:0;overflow:hidden", "clip:rect(0,0,0,0)",
        "clip-path: inset(100%)", "transform:scale(0)", "color:transparent"}) {
    EXPECT_TRUE(style_hides(style)) << style;
  }
}

TEST(Visibility, StylesThatDoNotHide) {
  for (const char* style : {"", "display:block", "opacity:1", "opacity:0.5", "font-size:12px",
                            "font-size:0.8em", "left:-20px", "overflow:hidden", "height:auto",
                            "width:100%;overflow:hidden", "margin-top:-10px", "none", ":;:"}) {
    EXPECT_FALSE(style_hides(style)) << style;
  }
}

TEST(Visibility, HiddenTextIsRemovedAndCounted) {
  const auto page = read_html("<body>" + paragraphs(3) +
                              "<p hidden>12345</p><p style='display:none'>12345</p>"
                              "<span class=sr-only>12345</span><p>vis\u200B\u202Eible end.</p>" +
                              paragraphs(2));
  ASSERT_TRUE(page);
  EXPECT_FALSE(contains(page->text, "12345"));
  EXPECT_TRUE(contains(page->text, "visible end."));
  EXPECT_EQ(page->removed_invisible_chars, 17U);
}

TEST(Visibility, RulesOfThePageHideToo) {
  const auto page = read_html(
      "<style>/* a */ .ghost, #note {display:none} .ad p {display:none}"
      "@media (max-width:600px){.wide{display:none}}"
      ".menu{display:none} @media (min-width:600px){.menu{display:block}}</style>" +
      paragraphs(4) +
      "<p class='x ghost'>First secret.</p><p id=note>Second secret.</p>"
      "<p class=wide>Wide is shown.</p>" +
      paragraphs(1));
  ASSERT_TRUE(page);
  EXPECT_FALSE(contains(page->text, "secret"));
  EXPECT_TRUE(contains(page->text, "Wide is shown."));
  EXPECT_GT(page->removed_invisible_chars, 20U);
}

TEST(Visibility, WhiteTextNeedsABackground) {
  const auto page = read_html(
      paragraphs(4) +
      "<p style='font: x; color: #FFFFFF'>One secret.</p><font color=white>Two "
      "secrets.</font><div style='background:#000'><p style='color:#fff'>On black.</p></div>"
      "<p style='color:#fff000'>Yellow words.</p><p style='background-color:white'>Black "
      "words.</p>");
  ASSERT_TRUE(page);
  EXPECT_FALSE(contains(page->text, "secret"));
  for (const char* shown : {"On black.", "Yellow words.", "Black words."}) {
    EXPECT_TRUE(contains(page->text, shown)) << shown;
  }
}

TEST(Visibility, AnArticleThatScriptsRevealIsRead) {
  EXPECT_TRUE(contains(testing::text_of("<style>.story{opacity:0}</style><div class=story>" +
                                        paragraphs(4) + "</div>"),
                       "Paragraph 4"));
  EXPECT_TRUE(
      contains(testing::text_of("<body style='display:none'>" + paragraphs(4)), "Paragraph 4"));
}

TEST(Visibility, JoinersStayWhereTheyJoin) {
  const auto page = read_html(
      "<p>"
      "family \U0001F468\u200D\U0001F469 and soft\u00ADhyphen.</p>" +
      paragraphs(3));
  ASSERT_TRUE(page);
  EXPECT_TRUE(contains(page->text, "family \U0001F468\u200D\U0001F469 and softhyphen."));
}

}  // namespace
}  // namespace graphrail::page
