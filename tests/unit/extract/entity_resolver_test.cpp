// One entity, one node: what merges, what stays apart, and the reason for each merge.
#include "extract/model/entity_resolver.h"

#include <gtest/gtest.h>

namespace graphrail::extract::model {
namespace {

graph::Node node(std::string label, std::string type = "Investor",
                 std::vector<std::string> aliases = {}) {
  graph::Node made;
  made.label = std::move(label);
  made.type = std::move(type);
  made.aliases = std::move(aliases);
  return made;
}

struct Pair {
  const char* name;
  graph::Node first;
  graph::Node second;
  /// Nothing when they are two entities.
  std::optional<MergeReason> reason;
};

constexpr const char* kText = "Fernhill Growth Partners (FGP) and Lowtide invested. FGP led.";

class Pairs : public testing::TestWithParam<Pair> {};

TEST_P(Pairs, MergeForTheirReasonOrStayApart) {
  EntityResolver resolver(kText);
  const Resolved first = resolver.add(GetParam().first);
  const Resolved second = resolver.add(GetParam().second);
  EXPECT_EQ(first.id == second.id, GetParam().reason.has_value());
  if (!GetParam().reason) return;
  if (*GetParam().reason == MergeReason::kSameName) {
    EXPECT_TRUE(resolver.merges().empty());
    return;
  }
  ASSERT_EQ(resolver.merges().size(), 1U);
  EXPECT_EQ(resolver.merges().front().reason, *GetParam().reason)
      << to_string(resolver.merges().front().reason);
}

INSTANTIATE_TEST_SUITE_P(
    Table, Pairs,
    testing::Values(
        Pair{"same", node("Lowtide"), node("lowtide"), MergeReason::kSameName},
        Pair{"legal_form", node("Lowtide"), node("Lowtide, Inc."), MergeReason::kLegalForm},
        Pair{"article", node("The Lowtide Fund"), node("Lowtide Fund"), MergeReason::kLegalForm},
        Pair{"formerly", node("Lowtide", "Investor", {"Hightide"}), node("Hightide"),
             MergeReason::kAlias},
        Pair{"alias_of_later", node("Hightide"), node("Lowtide", "Investor", {"Hightide"}),
             MergeReason::kAlias},
        Pair{"acronym_in_brackets", node("Fernhill Growth Partners"), node("FGP"),
             MergeReason::kAcronym},
        Pair{"acronym_not_in_text", node("Grand Harbour Capital"), node("GHC"), std::nullopt},
        Pair{"misspelt", node("Fernhill Growth Partners"), node("Fernhil Growth Partners"),
             MergeReason::kSpelling},
        Pair{"swapped_letters", node("Lighthouse"), node("Lighthosue"), MergeReason::kSpelling},
        Pair{"hyphen", node("Light-House Capital"), node("Lighthouse Capital"),
             MergeReason::kSpelling},
        Pair{"short_names", node("Lowtide"), node("Lowside"), std::nullopt},
        Pair{"numerals", node("Lowtide Growth II"), node("Lowtide Growth I"), std::nullopt},
        Pair{"digits", node("Lowtide 2024 Fund"), node("Lowtide 2025 Fund"), std::nullopt},
        Pair{"other_first_letter", node("Lighthouse"), node("Nighthouse"), std::nullopt},
        Pair{"types", node("Mara Okafor", "Investor"), node("Mara Okafor", "Person"), std::nullopt},
        Pair{"rounds", node("Lowtide Series A", "Round"), node("Lowtide Series B", "Round"),
             std::nullopt}),
    [](const auto& info) { return std::string(info.param.name); });

TEST(EntityResolver, UnitesAliasesAndPropertiesAndTellsChange) {
  EntityResolver resolver(kText);
  graph::Node first = node("Lowtide");
  first.properties = {{"aum", 5}};
  EXPECT_TRUE(resolver.add(first).changed);
  EXPECT_FALSE(resolver.add(first).changed);
  graph::Node second = node("Lowtide Ltd", "Investor", {"LT"});
  second.properties = {{"aum", 9}, {"stage_focus", "seed"}};
  const Resolved merged = resolver.add(second);
  EXPECT_TRUE(merged.changed);
  const graph::Node& entity = resolver.entity(merged.id);
  EXPECT_EQ(entity.label, "Lowtide");
  EXPECT_EQ(entity.aliases, (std::vector<std::string>{"Lowtide Ltd", "LT"}));
  EXPECT_EQ(entity.properties.at("aum").as_int64(), 5);
  EXPECT_EQ(entity.properties.at("stage_focus").as_string(), "seed");
}

TEST(EntityResolver, GivesIdsThatDoNotCollide) {
  EntityResolver resolver(kText);
  EXPECT_EQ(resolver.add(node("Lowtide", "Investor")).id, "lowtide");
  EXPECT_EQ(resolver.add(node("Lowtide", "Project")).id, "lowtide-2");
  EXPECT_EQ(resolver.add(node("Lowtide", "Person")).id, "lowtide-3");
  EXPECT_EQ(resolver.entities().size(), 3U);
}

}  // namespace
}  // namespace graphrail::extract::model
