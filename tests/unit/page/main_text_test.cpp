#include <gtest/gtest.h>

#include <string>

#include "core/utf8.h"
#include "unit/page/sample_pages.h"

namespace graphrail::page {
namespace {

using testing::contains;
using testing::paragraphs;
using testing::text_of;

const std::string kNavigation =
    "<nav><ul><li><a href=/>Home page</a></li><li><a href=/w>World news</a></li></ul></nav>";
const std::string kFooter =
    "<footer><p>Footer words of the publisher, all rights reserved, since long ago.</p></footer>";

TEST(MainText, WordsAreNeitherGluedNorSplit) {
  const std::string text = text_of(
      "<main><p>The <b>quick</b> brown <a href=x>fox</a> is "
      "un<i>believ</i>able&nbsp;&amp; fast.<br>Next line.</p>" +
      paragraphs(3) + "</main>");
  EXPECT_TRUE(contains(text, "The quick brown fox is unbelievable & fast.\nNext line."));
}

TEST(MainText, HeadingsListsAndTablesStayInPlace) {
  const std::string text = text_of(
      "<article>" + paragraphs(2) + "<h2>Second part</h2>" + paragraphs(1) +
      "<ul><li>Item alpha<li>Item beta</ul><table><tr><td>Cell one<td>Cell two</table></article>");
  const auto heading = text.find("Second part");
  EXPECT_LT(text.find("Paragraph 2"), heading);
  EXPECT_LT(heading, text.find("Paragraph 1", heading));
  EXPECT_TRUE(contains(text, "\n- Item alpha\n- Item beta\nCell one | Cell two"));
}

TEST(MainText, SurroundingsAreLeftOut) {
  const std::string text = text_of(
      "<body>" + kNavigation + "<main>" + paragraphs(4) +
      "<div class=share-buttons><p>Share this now, dear reader of ours, with all of your friends."
      "</p></div><div class='related-stories'><p><a href=/1>Another story of the week</a></p>"
      "<p>Its summary is here, and it is long enough to look like prose to a machine.</p></div>"
      "</main><section id=comments><p>A reader's remark, long enough to look like prose.</p>"
      "</section>" +
      kFooter);
  EXPECT_TRUE(contains(text, "Paragraph 4"));
  for (const char* outside : {"Home page", "Share this", "Another story", "summary is here",
                              "reader's remark", "Footer words"}) {
    EXPECT_FALSE(contains(text, outside)) << outside;
  }
}

TEST(MainText, TeaserArticlesDoNotHideTheStory) {
  std::string teasers;
  for (int i = 0; i < 8; ++i) {
    teasers += "<article><h3><a href=/t>Title of teaser story " + std::to_string(i) +
               "</a></h3><p>A teaser text, one sentence long, that tells what it is about.</p>"
               "</article>";
  }
  const std::string text =
      text_of("<body><div><div>" + paragraphs(6) + "</div></div><div>" + teasers + "</div>");
  EXPECT_TRUE(contains(text, "Paragraph 6"));
  EXPECT_FALSE(contains(text, "teaser text"));
}

TEST(MainText, AStorySplitByAdvertisementsIsWhole) {
  const std::string text = text_of("<body>" + kNavigation + "<div id=story><div>" + paragraphs(2) +
                                   "</div><div class=ad>Advertisement</div><div>" + paragraphs(3) +
                                   "</div></div>" + kFooter);
  EXPECT_TRUE(contains(text, "Paragraph 2"));
  EXPECT_TRUE(contains(text, "Paragraph 3"));
  EXPECT_FALSE(contains(text, "Advertisement"));
}

TEST(MainText, NamesAreNotBelievedAgainstTheFacts) {
  const std::string text = text_of("<body class='has-sidebar'><div class='sidebar-layout promo'>" +
                                   paragraphs(6) + "</div>" + kFooter);
  EXPECT_TRUE(contains(text, "Paragraph 6"));
}

TEST(MainText, PagesWithoutParagraphElements) {
  const std::string text = text_of(
      "<body>" + kNavigation +
      "<table><tr><td>A story, set in a table cell, as it was once done."
      "<br><br>Its second paragraph tells of the sea, the boats and the men who sail them out."
      "<br><br>The third ends the story, which nobody wrote in paragraphs, and is long enough."
      "</td></tr></table>");
  EXPECT_TRUE(contains(text, "A story, set in a table cell"));
  EXPECT_TRUE(contains(text, "The third ends"));
  EXPECT_FALSE(contains(text, "Home page"));
}

TEST(MainText, HeadlineIsGivenOnceAndStandfirstStays) {
  const std::string story =
      "<article><header><h1>Ferries leave at dawn</h1><p>Standfirst words "
      "explain the story in a sentence.</p></header>" +
      paragraphs(3);
  const auto declared =
      testing::read_html("<title>Ferries leave at dawn | The Quay</title>" + story);
  ASSERT_TRUE(declared);
  EXPECT_TRUE(contains(declared->title, "Ferries leave at dawn"));
  EXPECT_FALSE(contains(declared->text, "Ferries leave at dawn"));
  EXPECT_TRUE(contains(declared->text, "Standfirst words"));
  const auto bare = testing::read_html(story);
  ASSERT_TRUE(bare);
  EXPECT_EQ(bare->title, "Ferries leave at dawn");
  EXPECT_EQ(bare->text.find("Ferries leave at dawn"), 0U);
}

TEST(MainText, CodeIsNotMarkup) {
  for (const char* element : {"<script>S1</script>", "<style>.S1{}</style>",
                              "<noscript>S1</noscript>", "<template>S1</template>", "<!-- S1 -->",
                              "<iframe>S1</iframe>", "<svg><title>S1</title><text>S1</text></svg>",
                              "<select><option>S1</select>", "<textarea>S1</textarea>"}) {
    const std::string text = text_of("<main>" + paragraphs(2) + element + paragraphs(2));
    EXPECT_FALSE(contains(text, "S1")) << element;
    EXPECT_TRUE(contains(text, "Paragraph 2")) << element;
  }
}

TEST(MainText, LengthCountsCodePoints) {
  std::string han;
  for (int i = 0; i < 200; ++i) han += "中";
  const auto page = testing::read_html("<p>" + han + "</p>");
  ASSERT_TRUE(page);
  EXPECT_EQ(core::count_code_points(page->text), 200U);
  EXPECT_EQ(testing::reason_of_failure("<p>" + han.substr(3) + "</p>"), "too_little_text");
}

}  // namespace
}  // namespace graphrail::page
