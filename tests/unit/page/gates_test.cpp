#include "page/gates.h"

#include <gtest/gtest.h>

#include <string>

#include "unit/page/sample_pages.h"

namespace graphrail::page {
namespace {

using testing::paragraphs;
using testing::reason_of_failure;

TEST(Gates, ScriptShells) {
  EXPECT_EQ(reason_of_failure("<body><div id=root></div><script src=a.js></script>"),
            "js_required");
  EXPECT_EQ(
      reason_of_failure("<body><noscript>Please enable JavaScript to view this page.</noscript>"
                        "<div class=x></div><script>f()</script>"),
      "js_required");
  EXPECT_EQ(reason_of_failure("<body><p>This site requires JavaScript. Turn on JavaScript.</p>"
                              "<script></script>"),
            "js_required");
}

TEST(Gates, Challenges) {
  EXPECT_EQ(reason_of_failure("<title>Attention Required!</title><p>Please complete the security "
                              "check to access the site.</p>"),
            "bot_challenge");
  EXPECT_EQ(reason_of_failure("<title>x</title><p>Our systems have detected unusual traffic from "
                              "your network.</p><div class=g-recaptcha></div>"),
            "bot_challenge");
}

TEST(Gates, ConsentWalls) {
  EXPECT_EQ(
      reason_of_failure("<div class=cookie-banner><p>We value your privacy. We and our partners "
                        "use cookies.</p><button>Accept all</button></div>"),
      "consent_wall");
}

TEST(Gates, Paywalls) {
  EXPECT_EQ(reason_of_failure("<article>" + paragraphs(2) +
                              "<div><p>Subscribe to continue reading.</p></div></article>"),
            "paywall");
  EXPECT_EQ(reason_of_failure("<script type='application/ld+json'>{\"@type\":\"NewsArticle\","
                              "\"isAccessibleForFree\":\"False\"}</script><article>" +
                              paragraphs(3) + "<div class=paywall>Join us</div></article>"),
            "paywall");
}

TEST(Gates, LogIns) {
  EXPECT_EQ(reason_of_failure("<title>Log in - Quay</title><form><input name=u>"
                              "<input type=password></form>"),
            "login_required");
  EXPECT_EQ(reason_of_failure("<title>Quay</title><p>You must be logged in to view this page.</p>"),
            "login_required");
}

TEST(Gates, SoftErrorPages) {
  EXPECT_EQ(reason_of_failure("<title>404 - Quay</title><h1>Oops</h1><p>Try the search.</p>"),
            "not_found");
  EXPECT_EQ(reason_of_failure("<title>Quay</title><h1>Page not found</h1>"), "not_found");
  EXPECT_EQ(reason_of_failure("<title>Seite nicht gefunden</title><p>Leider.</p>"), "not_found");
}

TEST(Gates, ArticlesThatSpeakOfGatesPass) {
  const std::string words =
      "<p>The court ruled on cookies and consent: sites must let readers reject all of them, it "
      "said, and may not hide the button. Subscribe to continue reading, said the paper's wall.</p>"
      "<p>A page not found, error 404, was what visitors saw; others were told to enable "
      "JavaScript, to log in to continue, or to verify they are human.</p>";
  const std::string chrome =
      "<div id=cookie-consent><p>We use cookies.</p><button>Accept all</button></div>"
      "<noscript>Enable JavaScript for videos.</noscript><form><input type=password></form>"
      "<script src=a.js></script>";
  EXPECT_EQ(reason_of_failure("<title>Court rules on cookies</title>" + chrome + "<article>" +
                              words + paragraphs(8) + "</article>"),
            "ok");
}

TEST(Gates, ArticlesOfAThousandCharactersAreJudgedByMoreThanWords) {
  const std::string story = "<article>" + paragraphs(7) + "</article>";
  for (const char* title :
       {"Why pages go missing: the story of 404", "Just a moment: tides explained",
        "The ferry is no longer available", "Login flows that work"}) {
    EXPECT_EQ(reason_of_failure("<title>" + std::string(title) + "</title>" + story), "ok")
        << title;
  }
  for (const char* words :
       {"The form asked her to verify you are human, and she laughed about it.",
        "Readers were told to subscribe to continue reading, the report says.",
        "Cookies and consent are not the same thing; some accept all of them."}) {
    EXPECT_EQ(reason_of_failure("<title>Tides</title><p>" + std::string(words) + "</p>" + story),
              "ok")
        << words;
  }
}

TEST(Gates, ServerRenderedAppsPass) {
  EXPECT_EQ(reason_of_failure("<title>Harbour closed</title><div id=root>" + paragraphs(2) +
                              "</div><noscript>You need to enable JavaScript to run this app."
                              "</noscript><script src=a.js></script>"),
            "ok");
}

TEST(Gates, ShortNoticesPass) {
  EXPECT_EQ(reason_of_failure("<title>Harbour closed</title>" + paragraphs(2)), "ok");
}

TEST(Gates, FlaggedArticlesServedWholePass) {
  EXPECT_EQ(reason_of_failure("<script type='application/ld+json'>{\"@type\":\"NewsArticle\","
                              "\"isAccessibleForFree\":false}</script><article>" +
                              paragraphs(12) + "</article>"),
            "ok");
}

TEST(Gates, TooLittleTextIsAFailureOfItsOwn) {
  EXPECT_EQ(reason_of_failure("<p>Short.</p>"), "too_little_text");
  EXPECT_EQ(reason_of_failure(""), "too_little_text");
}

}  // namespace
}  // namespace graphrail::page
