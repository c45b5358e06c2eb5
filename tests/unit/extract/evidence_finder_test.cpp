// Quotes as models write them, found as the text writes them.
#include "extract/model/evidence_finder.h"

#include <gtest/gtest.h>

#include <string>

namespace graphrail::extract::model {
namespace {

constexpr std::string_view kText =
    "Ünlü Labs\u00A0raised\n  \u20AC3\u2009m \u2014 \u201Ca seed round\u201D, it said\u2026 "
    "led by Kes\u00ADtrel\u2019s fund \U0001F680 and others.";

/// The found span, checked to be verbatim at its code point offsets.
std::string find(std::string_view text, std::string_view quote) {
  const EvidenceFinder finder(text);
  const auto evidence = finder.find(quote);
  if (!evidence) return "(none)";
  const core::CodePointIndex index(text);
  const std::size_t begin = index.byte_offset_of(evidence->start);
  const std::size_t end = index.byte_offset_of(evidence->end);
  EXPECT_EQ(text.substr(begin, end - begin), evidence->quote);
  return evidence->quote;
}

TEST(EvidenceFinder, ReturnsTheTextsOwnSpelling) {
  EXPECT_EQ(find(kText, "Ünlü Labs raised €3 m - \"a seed round\""),
            "Ünlü Labs\u00A0raised\n  \u20AC3\u2009m \u2014 \u201Ca seed round\u201D");
  EXPECT_EQ(find(kText, "it said..."), "it said\u2026");
  EXPECT_EQ(find(kText, "led by Kestrel's fund 🚀"), "led by Kes\u00ADtrel\u2019s fund \U0001F680");
}

TEST(EvidenceFinder, IgnoresWhatTheModelWrapsAroundAQuote) {
  EXPECT_EQ(find(kText, "\u201Cled by Kestrel's fund\u201D"), "led by Kes\u00ADtrel\u2019s fund");
  EXPECT_EQ(find(kText, "...a seed round..."), "a seed round");
}

TEST(EvidenceFinder, FindsNothingThatIsNotThere) {
  EXPECT_EQ(find(kText, "led by Osprey"), "(none)");
  EXPECT_EQ(find(kText, "ünlü labs raised"), "(none)");
  EXPECT_EQ(find(kText, ""), "(none)");
  EXPECT_EQ(find(kText, "\"\""), "(none)");
  EXPECT_EQ(find("", "x y"), "(none)");
}

TEST(EvidenceFinder, EverySubstringOfTheTextIsFoundVerbatim) {
  const core::CodePointIndex index(kText);
  for (std::size_t begin = 0; begin + 6 < index.size(); ++begin) {
    const std::size_t from = index.byte_offset_of(begin);
    const std::size_t to = index.byte_offset_of(begin + 6);
    EXPECT_NE(find(kText, kText.substr(from, to - from)), "(none)") << begin;
  }
}

}  // namespace
}  // namespace graphrail::extract::model
