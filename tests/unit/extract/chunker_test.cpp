// Chunks cover the text without gap or overlap and end where sentences do.
#include "extract/model/chunker.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "core/utf8.h"

namespace graphrail::extract::model {
namespace {

RC_GTEST_PROP(Chunker, CoversTheTextOnceWithinTheLimit, ()) {
  const auto points = *rc::gen::container<std::vector<char32_t>>(
      rc::gen::elementOf(std::vector<char32_t>{'a', 'b', ' ', '.', '\n', 0xE9, 0x1F680}));
  const auto limit = *rc::gen::inRange<std::size_t>(1, 20);
  std::string text;
  for (const char32_t point : points) core::append_utf8(text, point);
  std::size_t expected_begin = 0;
  for (const Chunk& chunk : split_into_chunks(text, limit)) {
    RC_ASSERT(chunk.begin == expected_begin);
    RC_ASSERT(chunk.end > chunk.begin);
    const std::string_view piece =
        std::string_view(text).substr(chunk.begin, chunk.end - chunk.begin);
    RC_ASSERT(core::is_valid_utf8(piece));
    RC_ASSERT(core::count_code_points(piece) <= limit);
    expected_begin = chunk.end;
  }
  RC_ASSERT(expected_begin == text.size());
}

TEST(Chunker, PrefersParagraphsThenLinesThenSentencesThenWords) {
  const auto first_end = [](std::string_view text, std::size_t limit) {
    return split_into_chunks(text, limit).front().end;
  };
  EXPECT_EQ(first_end("aaaa bbbb. cc\n\ndd ee\nff gg hh", 22), 15U);
  EXPECT_EQ(first_end("aaaa bbbb cccc dd\nee ff gg", 22), 18U);
  EXPECT_EQ(first_end("aaaa bbbb cccc. dd ee ff", 20), 16U);
  EXPECT_EQ(first_end("aaaa bbbb cccc dddddddddd", 17), 15U);
  EXPECT_EQ(first_end("aaaaaaaaaaaaaaaaaaaaaaaaa", 17), 17U);
}

}  // namespace
}  // namespace graphrail::extract::model
