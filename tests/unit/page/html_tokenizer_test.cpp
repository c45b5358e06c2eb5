#include "page/html_tokenizer.h"

#include <gtest/gtest.h>

#include <string>

namespace graphrail::page {
namespace {

/// Tokens as text: "<p>", "</p>", "[text]"; known attributes as their values.
std::string tokens_of(std::string_view html, bool is_xml = false) {
  HtmlTokenizer tokenizer(html, is_xml);
  std::string out;
  for (Token token = tokenizer.next(); token.kind != Token::Kind::kEndOfInput;
       token = tokenizer.next()) {
    if (token.kind == Token::Kind::kText) {
      out += "[" + std::string(token.text) + "]";
      continue;
    }
    out += token.kind == Token::Kind::kEndTag ? "</" : "<";
    out += token.text;
    for (const Attribute& attribute : tokenizer.attributes()) {
      out += " " + std::string(attribute.value);
    }
    out += ">";
  }
  return out;
}

TEST(HtmlTokenizer, ReadsTextAndTags) {
  EXPECT_EQ(tokens_of("a<p>b</p >c"), "[a]<p>[b]</p>[c]");
  EXPECT_EQ(tokens_of("1 < 2 && a<3"), "[1 < 2 && a<3]");
  EXPECT_EQ(tokens_of("x</>y</ z>w"), "[x][y][w]");
}

TEST(HtmlTokenizer, ReadsAttributesInEveryWriting) {
  EXPECT_EQ(tokens_of("<a href=x class='y z' ID = \"w\" hidden>"), "<a x y z w >");
  EXPECT_EQ(tokens_of("<a class=first class=second>"), "<a first>");
  EXPECT_EQ(tokens_of("<a title='<p>' href=/x/>t"), "<a /x/>[t]");
  EXPECT_EQ(tokens_of("<br/><a/b href=q>"), "<br><a q>");
}

TEST(HtmlTokenizer, DropsATagTheInputCutsOff) {
  EXPECT_EQ(tokens_of("a<p class="), "[a]");
  EXPECT_EQ(tokens_of("a<p class=\"x>b"), "[a]");
}

TEST(HtmlTokenizer, SkipsCommentsAndDeclarations) {
  EXPECT_EQ(tokens_of("<!DOCTYPE html>a<!-- <p> -- > -->b<!-->c<!--->d<!--e--!>f"),
            "[a][b][c][d][f]");
  EXPECT_EQ(tokens_of("a<?xml x?>b<!-- never closed <p>"), "[a][b]");
}

TEST(HtmlTokenizer, KeepsRawTextWhole) {
  EXPECT_EQ(tokens_of("<script>if (a<b) '</p>'</script >x"),
            "<script>[if (a<b) '</p>']</script>[x]");
  EXPECT_EQ(tokens_of("<title>a <b> c</title>d"), "<title>[a <b> c]</title>[d]");
  EXPECT_EQ(tokens_of("<style>a</styles></style>"), "<style>[a</styles>]</style>");
}

TEST(HtmlTokenizer, FollowsDoubleEscapedScripts) {
  EXPECT_EQ(tokens_of("<script><!-- <script> </script> --></script>x"),
            "<script>[<!-- <script> </script> -->]</script>[x]");
}

TEST(HtmlTokenizer, ReadsCdataOnlyInXml) {
  EXPECT_EQ(tokens_of("<p><![CDATA[a < b]]></p>", true), "<p>[a < b]</p>");
  EXPECT_EQ(tokens_of("<p><![CDATA[a]]></p>"), "<p></p>");
}

}  // namespace
}  // namespace graphrail::page
