// UTF-8 against a second, slower way to say the same, on random and on chosen bytes.
#include "core/utf8.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <vector>

namespace graphrail::core {
namespace {

constexpr std::size_t kNone = std::string_view::npos;

/// Scalar values with the borders of every encoded length made likely.
rc::Gen<char32_t> any_scalar() {
  const auto below_surrogates = rc::gen::inRange<std::uint32_t>(0, 0xD800);
  const auto above_surrogates = rc::gen::inRange<std::uint32_t>(0xE000, 0x110000);
  const auto borders = rc::gen::element<std::uint32_t>(0, 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000,
                                                       0xFFFD, 0xFFFF, 0x10000, 0x10FFFF);
  return rc::gen::cast<char32_t>(rc::gen::oneOf(below_surrogates, above_surrogates, borders));
}

rc::Gen<std::vector<char32_t>> any_scalars() {
  return rc::gen::container<std::vector<char32_t>>(any_scalar());
}

/// Bytes that are often nearly UTF-8: pieces of sequences beside whole ones.
rc::Gen<std::string> any_bytes() {
  const auto byte = rc::gen::cast<char>(
      rc::gen::oneOf(rc::gen::inRange<int>(0, 256), rc::gen::inRange<int>(0x80, 0xC0),
                     rc::gen::element<int>('a', 0xC0, 0xC2, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0xF5,
                                           0x9F, 0xA0, 0x8F)));
  return rc::gen::container<std::string>(byte);
}

std::string encode(const std::vector<char32_t>& scalars) {
  std::string text;
  for (const char32_t scalar : scalars) append_utf8(text, scalar);
  return text;
}

/// A sequence is well-formed exactly when decoding it by its bit pattern alone gives a scalar value
/// that encodes to the same bytes.
std::size_t first_ill_formed(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const auto lead = static_cast<unsigned char>(text[at]);
    const std::size_t length = lead < 0x80   ? 1
                               : lead < 0xC0 ? 0
                               : lead < 0xE0 ? 2
                               : lead < 0xF0 ? 3
                               : lead < 0xF8 ? 4
                                             : 0;
    if (length == 0 || at + length > text.size()) return at;
    std::uint32_t value = length == 1 ? lead : lead & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) {
      const auto next = static_cast<unsigned char>(text[at + i]);
      if ((next & 0xC0U) != 0x80U) return at;
      value = (value << 6U) | (next & 0x3FU);
    }
    std::string again;
    append_utf8(again, static_cast<char32_t>(value));
    if (again != text.substr(at, length)) return at;
    at += length;
  }
  return kNone;
}

TEST(Utf8, EncodedScalarsAreValidAndDecodeToThemselves) {
  EXPECT_TRUE(rc::check([] {
    const std::vector<char32_t> scalars = *any_scalars();
    const std::string text = encode(scalars);
    RC_ASSERT(is_valid_utf8(text));
    RC_ASSERT(count_code_points(text) == scalars.size());
    std::vector<char32_t> decoded;
    for (std::size_t at = 0; at < text.size();) {
      const DecodedCodePoint one = decode_code_point(text, at);
      decoded.push_back(one.value);
      at += one.bytes;
    }
    RC_ASSERT(decoded == scalars);
  }));
}

TEST(Utf8, TheFirstIllFormedByteIsFound) {
  EXPECT_TRUE(rc::check([] {
    const std::string bytes = *any_bytes();
    RC_ASSERT(find_invalid_utf8(bytes) == first_ill_formed(bytes));
  }));
}

TEST(Utf8, KnownIllFormedSequences) {
  for (const std::string_view text :
       {"\x80", "\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xED\xA0\x80", "\xF0\x8F\xBF\xBF",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xC2", "\xE2\x82", "\xF0\x9F\x98", "\xFF"}) {
    EXPECT_EQ(find_invalid_utf8("ab" + std::string(text)), 2U) << testing::PrintToString(text);
    EXPECT_EQ(find_invalid_utf8("ab" + std::string(text) + "c"), 2U);
  }
}

TEST(Utf8, ReplacingMakesValidAndKeepsTheValidParts) {
  EXPECT_EQ(replace_invalid_utf8("a\xFF"
                                 "b\xE2\x82"),
            "a\uFFFD"
            "b\uFFFD\uFFFD");
  EXPECT_TRUE(rc::check([] {
    const std::string bytes = *any_bytes();
    const std::string replaced = replace_invalid_utf8(bytes);
    RC_ASSERT(is_valid_utf8(replaced));
    RC_ASSERT(replace_invalid_utf8(replaced) == replaced);
    const std::size_t good = std::min(find_invalid_utf8(bytes), bytes.size());
    RC_ASSERT(replaced.substr(0, good) == bytes.substr(0, good));
  }));
}

TEST(Utf8, WhatIsNoScalarValueIsReplaced) {
  for (const char32_t value :
       {char32_t{0xD800}, char32_t{0xDFFF}, char32_t{0x110000}, char32_t{0xFFFFFFFF}}) {
    std::string text;
    append_utf8(text, value);
    EXPECT_EQ(text, "\uFFFD");
  }
  const DecodedCodePoint one = decode_code_point("\xFFz", 0);
  EXPECT_EQ(one.value, U'\uFFFD');
  EXPECT_EQ(one.bytes, 1);
}

TEST(Utf8, PrefixesEndBetweenCodePoints) {
  EXPECT_TRUE(rc::check([] {
    const std::vector<char32_t> scalars = *any_scalars();
    const std::size_t limit = *rc::gen::inRange<std::size_t>(0, scalars.size() + 3);
    const std::size_t kept = std::min(limit, scalars.size());
    const std::string text = encode(scalars);
    const std::vector<char32_t> first(scalars.begin(),
                                      scalars.begin() + static_cast<std::ptrdiff_t>(kept));
    RC_ASSERT(prefix_code_points(text, limit) == encode(first));
  }));
}

/// Long enough for several checkpoints of the index.
std::string long_text() {
  const std::vector<char32_t> scalars = *any_scalars();
  const std::string piece = encode(scalars);
  std::string text;
  while (!piece.empty() && text.size() < 5000) text += piece;
  return text;
}

TEST(CodePointIndex, AgreesWithCounting) {
  EXPECT_TRUE(rc::check([] {
    const std::string text = long_text();
    const CodePointIndex index(text);
    RC_ASSERT(index.size() == count_code_points(text));
    const std::size_t point = *rc::gen::inRange<std::size_t>(0, index.size() + 2);
    const std::size_t offset = index.byte_offset_of(point);
    RC_ASSERT(offset == prefix_code_points(text, point).size());
    RC_ASSERT(index.code_points_before(offset) == std::min(point, index.size()));
  }));
}

TEST(CodePointIndex, CheckpointsInTheMiddleOfACodePoint) {
  // Three-byte code points never end on a multiple of 1,024 bytes except every third one.
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "€";
  const CodePointIndex index(text);
  for (std::size_t point = 0; point <= 3000; ++point) {
    ASSERT_EQ(index.byte_offset_of(point), point * 3);
    ASSERT_EQ(index.code_points_before(point * 3), point);
  }
}

TEST(CodePointIndex, ClampsToTheText) {
  const CodePointIndex empty("");
  EXPECT_EQ(empty.size(), 0U);
  EXPECT_EQ(empty.byte_offset_of(5), 0U);
  EXPECT_EQ(empty.code_points_before(5), 0U);
  const CodePointIndex index("aé");
  EXPECT_EQ(index.byte_offset_of(99), 3U);
  EXPECT_EQ(index.code_points_before(99), 2U);
}

}  // namespace
}  // namespace graphrail::core
