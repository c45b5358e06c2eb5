#include "graph/slug.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "core/utf8.h"

namespace graphrail::graph {
namespace {

TEST(Slug, JoinsWordsWithHyphens) {
  EXPECT_EQ(make_slug("Harbor VC"), "harbor-vc");
  EXPECT_EQ(make_slug("  Harbor & Quay, Ltd.  "), "harbor-quay-ltd");
  EXPECT_EQ(make_slug("Acme $1.6 Million"), "acme-1-6-million");
}

TEST(Slug, TakesAccentsOffLatinLetters) {
  EXPECT_EQ(make_slug("Zürcher Kantonalbank"), "zurcher-kantonalbank");
  EXPECT_EQ(make_slug("Škoda Łódź Ærø"), "skoda-lodz-aero");
  EXPECT_EQ(make_slug("Weiß"), "weiss");
  EXPECT_EQ(make_slug("Señor Façade"), "senor-facade");
}

TEST(Slug, KeepsOtherScripts) {
  EXPECT_EQ(make_slug("Яндекс Такси"), "яндекс-такси");
  EXPECT_EQ(make_slug("北京 科技"), "北京-科技");
}

TEST(Slug, IsOneWordAcrossApostrophes) {
  EXPECT_EQ(make_slug("O'Reilly"), "oreilly");
  EXPECT_EQ(make_slug("O’Reilly"), "oreilly");
}

TEST(Slug, IsNeverEmpty) {
  EXPECT_EQ(make_slug(""), "node");
  EXPECT_EQ(make_slug("!!! 🚀"), "node");
}

TEST(Slug, CutsLongLabelsAtACodePoint) {
  std::string label;
  for (int i = 0; i < 60; ++i) label += "я";
  const std::string slug = make_slug(label);
  EXPECT_EQ(slug.size(), 80U);
  EXPECT_TRUE(core::is_valid_utf8(slug));
}

TEST(Slug, OfASlugIsTheSlug) {
  rc::check([](const std::string& raw) {
    const std::string slug = make_slug(core::replace_invalid_utf8(raw));
    RC_ASSERT(!slug.empty());
    RC_ASSERT(slug.size() <= 80U);
    RC_ASSERT(core::is_valid_utf8(slug));
    RC_ASSERT(make_slug(slug) == slug);
  });
}

}  // namespace
}  // namespace graphrail::graph
