// The reading stages of the rules engine: markup, tokens, money, stages, names.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "extract/rules/aliases.h"
#include "extract/rules/document.h"

namespace graphrail::extract::rules {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::Not;

std::vector<std::string> words(std::string_view text) {
  const Document doc = read_document(text);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < doc.tokens.size(); ++i) out.emplace_back(doc.text(i));
  return out;
}

std::vector<std::string> names(std::string_view text) {
  const Document doc = read_document(text);
  std::vector<std::string> out;
  for (const Name& name : doc.names) out.push_back(doc.words({name.first, name.last}));
  return out;
}

std::vector<std::string> stages(std::string_view text) {
  const Document doc = read_document(text);
  std::vector<std::string> out;
  for (const Stage& stage : doc.stages) out.push_back(stage.stage);
  return out;
}

/// "12500000 EUR" for the only amount of the text.
std::string money(std::string_view text) {
  const Document doc = read_document(text);
  if (doc.money.size() != 1) return std::to_string(doc.money.size()) + " amounts";
  return std::to_string(doc.money[0].amount) + ' ' + std::string(doc.money[0].currency);
}

TEST(RulesMarkup, ShowsOnlyWhatAReaderSees) {
  EXPECT_THAT(words("a [link text](https://example.org/x) **bold** <b>tag</b> ![alt](i.png) z"),
              ElementsAre("a", "link", "text", "bold", "tag", "z"));
  EXPECT_THAT(words("a\n<style>\n.x { color: red }\n</style>\n<!-- hidden -->\nb"),
              ElementsAre("a", "b"));
  EXPECT_THAT(words("see https://example.org/a?b=c now\n\n[1]: http://example.org\n"),
              ElementsAre("see", "now"));
}

TEST(RulesMarkup, ReadsProseFieldsOfFrontMatter) {
  EXPECT_THAT(words("Hello\n---\ntitle: 'A b'\ndate: 2020-01-01\nauthor: Jane Roe\n"
                    "description: |\n  c d\ntags: [x]\n---\nbody"),
              ElementsAre("Hello", "A", "b", "c", "d", "body"));
}

TEST(RulesMarkup, ReadsAttributionsOfComponents) {
  EXPECT_THAT(words("<Quote name=\"Jane Roe\" title=\"Partner, Acme\">text</Quote>"),
              ElementsAre("Jane", "Roe", "", "Partner", ",", "Acme", "text"));
}

TEST(RulesTokens, SplitsContractionsAndNameSuffixes) {
  EXPECT_THAT(words("Acme's Tokyo-based team"),
              ElementsAre("Acme", "'s", "Tokyo", "-based", "team"));
  EXPECT_THAT(words("we’ve O'Brien incident.io end.Next"),
              ElementsAre("we", "’ve", "O'Brien", "incident.io", "end", ".", "Next"));
}

TEST(RulesMoney, ReadsManySpellings) {
  EXPECT_EQ(money("raised $500K"), "500000 USD");
  EXPECT_EQ(money("raised US$3.5 million"), "3500000 USD");
  EXPECT_EQ(money("raised $6.5MM"), "6500000 USD");
  EXPECT_EQ(money("raised €1,2 mn"), "1200000 EUR");
  EXPECT_EQ(money("raised 800000 euros"), "800000 EUR");
  EXPECT_EQ(money("raised two million dollars"), "2000000 USD");
  EXPECT_EQ(money("raised ¥3 billion"), "3000000000 JPY");
  EXPECT_EQ(money("raised Rs 5 crore"), "50000000 INR");
  EXPECT_EQ(money("raised ₹40 lakh"), "4000000 INR");
  EXPECT_EQ(money("raised CHF 4.2m"), "4200000 CHF");
  EXPECT_EQ(money("a €10-million round"), "10000000 EUR");
  EXPECT_EQ(money("raised HK$100 million"), "100000000 HKD");
  EXPECT_EQ(money("raised $120, 500 of it"), "120500 USD");
  EXPECT_EQ(money("raised £1,250,000"), "1250000 GBP");
  EXPECT_EQ(money("5,000 users in 2019"), "0 amounts");
}

TEST(RulesStages, ReadsStagesAndNotInvestors) {
  EXPECT_THAT(stages("a Series B round after a pre-seed round and a seed round"),
              ElementsAre("series-b", "pre-seed", "seed"));
  EXPECT_THAT(stages("$2M in seed"), ElementsAre("seed"));
  EXPECT_THAT(stages("angel investors and strategic partners in a series of talks"), ElementsAre());
  EXPECT_THAT(stages("an angel round, then a strategic funding round"),
              ElementsAre("angel", "strategic"));
}

TEST(RulesNames, FindsNamesInRunningText) {
  EXPECT_THAT(names("It was led by Harbor & Quay Ventures, 500 Startups and bitHarbor."),
              ElementsAre("Harbor & Quay Ventures", "500 Startups", "bitHarbor"));
  EXPECT_THAT(names("Now Bigshop CEO Sam Stone and the Gary and Ann Stone Health Fund joined."),
              ElementsAre("Bigshop", "Sam Stone", "Gary and Ann Stone Health Fund"));
  EXPECT_THAT(names("Then Tokyo-based Krona, a Japanese exchange, came to August Capital."),
              ElementsAre("Krona", "August Capital"));
}

TEST(RulesNames, FindsNamesInHeadlines) {
  EXPECT_THAT(
      names("Bitcoin Trading Platform Krona Raises $3 Million in New Funding Round\nA body."),
      ElementsAre("Krona"));
  EXPECT_THAT(names("SPRINGFIELD, PA, March 3 -- Krona announced a round."), ElementsAre("Krona"));
}

TEST(RulesAliases, FindsShortFormsByShape) {
  const std::vector<NameForm> forms{
      {.words = {"harbor", "street"}},
      {.words = {"h10t"}},
      {.words = {"harbor", "street", "ventures"}, .firm = true},
      {.words = {"hsv"}, .capital_letters_only = true},
      {.words = {"stone", "vc"}, .firm = true},
      {.words = {"stone"}},
      {.words = {"krona", "china"}},
      {.words = {"krona"}},
  };
  const auto pairs = find_aliases(forms);
  EXPECT_THAT(pairs, Contains(std::pair{1U, 0U}));
  EXPECT_THAT(pairs, Contains(std::pair{3U, 2U}));
  EXPECT_THAT(pairs, Contains(std::pair{5U, 4U}));
  EXPECT_THAT(pairs, Not(Contains(std::pair{7U, 6U})));
}

}  // namespace
}  // namespace graphrail::extract::rules
