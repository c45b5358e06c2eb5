#include "tidy/masking.h"

#include <gtest/gtest.h>

#include "tidy/source_file.h"

namespace graphrail::tidy {
namespace {

TEST(Masking, KeepsEveryOffset) {
  const std::string text = "int a; // {\n\"b{\\\"\" 'c' R\"x(\n{)x\" /* {\n */ d\n";
  const Masked masked = mask_cpp(text);
  EXPECT_EQ(masked.code.size(), text.size());
  EXPECT_EQ(masked.comments.size(), text.size());
  EXPECT_EQ(masked.code.find('{'), std::string::npos);
  EXPECT_EQ(masked.code.find('d'), text.find('d'));
}

TEST(Masking, BlanksLiteralsAndLeavesTheirQuotes) {
  EXPECT_EQ(mask_cpp(R"(f("a\"b", '{');)").code, R"(f("    ", ' ');)");
}

TEST(Masking, LeavesDigitSeparatorsAlone) {
  EXPECT_EQ(mask_cpp("x = 1'000'000 + 0xFF'FF; '}'").code, "x = 1'000'000 + 0xFF'FF; ' '");
}

TEST(Masking, TellsPrefixedCharactersFromSeparators) {
  EXPECT_EQ(mask_cpp("u8'{' }").code, "u8' ' }");
}

TEST(Masking, BlanksPreprocessorLinesWithTheirContinuations) {
  EXPECT_EQ(mask_cpp("#define A {\\\n  {\nint b;").code, "            \n   \nint b;");
}

TEST(Masking, KnowsWhichLinesARawStringCovers) {
  const Masked masked = mask_cpp("a\nb = R\"(\n  x\n)\";\nc\n");
  const std::vector<bool> expected = {false, true, true, true, false, false};
  EXPECT_EQ(masked.in_raw_string, expected);
}

TEST(Masking, CommentsHoldCommentsOnly) {
  const Masked masked = mask_cpp("a(\"// no\"); // yes\n");
  EXPECT_EQ(masked.comments.find("no"), std::string::npos);
  EXPECT_NE(masked.comments.find("// yes"), std::string::npos);
}

TEST(Masking, SurvivesTextThatEndsInTheMiddle) {
  for (const char* text : {"\"", "'", "R\"", "R\"(", "/*", "//", "\"\\", "#", "#\\\n", "R\"abc"}) {
    EXPECT_EQ(mask_cpp(text).code.size(), std::string(text).size()) << text;
  }
}

TEST(SourceFile, NamesItsRoom) {
  EXPECT_EQ(make_source_file("src/core/utf8.h", "").room(), "core");
  EXPECT_EQ(make_source_file("src/extract/rules/rules.h", "").room(), "extract");
  EXPECT_EQ(make_source_file("src/main.cpp", "").room(), "");
  EXPECT_EQ(make_source_file("tests/core/a.cpp", "").room(), "");
}

TEST(SourceFile, AnExemptionNeedsItsCheckAndAReason) {
  const SourceFile file = make_source_file(
      "src/core/a.cpp",
      "// tidy-allow(size): a table that is read as one\nint a;\nint b;  // tidy-allow(size): \n");
  EXPECT_TRUE(is_allowed(file, 1, "size"));
  EXPECT_TRUE(is_allowed(file, 2, "size"));
  EXPECT_FALSE(is_allowed(file, 2, "lock"));
  EXPECT_FALSE(is_allowed(file, 3, "size"));
}

}  // namespace
}  // namespace graphrail::tidy
