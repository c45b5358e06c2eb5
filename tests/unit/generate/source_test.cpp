#include "generate/source.h"

#include <gtest/gtest.h>

#include <string>

#include "core/utf8.h"

namespace graphrail::generate {
namespace {

const std::string kForty(40, 'a');

core::Result<Source> read(std::string input) { return read_text(std::move(input), {}); }

TEST(IsUrl, TakesOneHttpAddressAndNothingElse) {
  for (const std::string input : {"https://example.com", "  HTTP://example.com/a?b#c \n"}) {
    EXPECT_TRUE(is_url(input)) << input;
  }
  for (const std::string input : {"", "example.com", "ftp://example.com", "https:/example.com",
                                  "see https://example.com", "https://example.com is down"}) {
    EXPECT_FALSE(is_url(input)) << input;
  }
}

TEST(ReadSource, CountsCodePointsForTheMinimum) {
  std::string umlauts;
  for (int i = 0; i < 39; ++i) umlauts += "ä";
  const core::Result<Source> too_short = read(umlauts);
  ASSERT_FALSE(too_short.has_value());
  EXPECT_EQ(too_short.error().code(), GenerateError::kInputTooShort);
  EXPECT_EQ(too_short.error().field(), "input");
  EXPECT_NE(too_short.error().public_text().find("39"), std::string::npos);
  EXPECT_TRUE(read(umlauts + "ä").has_value());
}

TEST(ReadSource, DoesNotCountWhiteSpaceAtTheEnds) {
  EXPECT_FALSE(read(std::string(100, ' ')).has_value());
  EXPECT_FALSE(read("short" + std::string(100, '\n')).has_value());
  EXPECT_FALSE(read("").has_value());
}

TEST(ReadSource, HasACap) {
  const GenerateLimits limits;
  const core::Result<Source> longest = read(std::string(limits.maximum_text_chars, 'a'));
  ASSERT_TRUE(longest.has_value());
  EXPECT_EQ(longest->chars, limits.maximum_text_chars);
  const core::Result<Source> too_long = read(std::string(limits.maximum_text_chars + 1, 'a'));
  ASSERT_FALSE(too_long.has_value());
  EXPECT_EQ(too_long.error().code(), GenerateError::kInputTooLong);
}

TEST(ReadSource, KeepsTheTextAsGivenWithItsLineEndings) {
  const std::string text = " \tone\r\ntwo\rthree\n" + kForty + "  ";
  const core::Result<Source> source = read(text);
  ASSERT_TRUE(source.has_value());
  EXPECT_EQ(*source->text, text);
  EXPECT_EQ(source->chars, core::count_code_points(text));
  EXPECT_TRUE(source->warnings.empty());
}

TEST(ReadSource, ReplacesControlCharactersWithoutMovingAnOffset) {
  const std::string text = std::string("a\0b\x1B[1mc\x7F", 9) + kForty;
  const core::Result<Source> source = read(text);
  ASSERT_TRUE(source.has_value());
  EXPECT_EQ(*source->text, "a b [1mc " + kForty);
  ASSERT_EQ(source->warnings.size(), 1U);
  EXPECT_EQ(source->warnings[0].code, "control_characters_replaced");
  EXPECT_NE(source->warnings[0].message.find("3"), std::string::npos);
}

TEST(ReadSource, ReplacesWhatIsNoUtf8) {
  const core::Result<Source> source = read("caf\xE9 " + kForty);
  ASSERT_TRUE(source.has_value());
  EXPECT_EQ(*source->text, "caf\uFFFD " + kForty);
  ASSERT_EQ(source->warnings.size(), 1U);
  EXPECT_EQ(source->warnings[0].code, "invalid_utf8_replaced");
}

TEST(MakeTitle, FoldsWhiteSpaceAndStopsAtSixtyCodePoints) {
  EXPECT_EQ(make_title(" Nova \r\n\t raises \n"), "Nova raises");
  EXPECT_EQ(make_title(" \n "), "");
  std::string umlauts;
  for (int i = 0; i < 100; ++i) umlauts += "ä";
  EXPECT_EQ(core::count_code_points(make_title(umlauts)), 60U);
  EXPECT_EQ(make_title(std::string(59, 'a') + " b"), std::string(59, 'a'));
  EXPECT_EQ(make_title(std::string(58, 'a') + " bc"), std::string(58, 'a') + " b");
}

}  // namespace
}  // namespace graphrail::generate
