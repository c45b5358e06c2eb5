// The rules engine as its callers see it: announcements in, graphs out.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "core/utf8.h"
#include "unit/extract/rules_support.h"

namespace graphrail::extract::rules {
namespace {

using ::testing::Contains;
using testing::edges_of;
using ::testing::ElementsAre;
using testing::first;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

TEST(Rules, ReadsLeadParticipantsAndFounders) {
  EXPECT_THAT(edges_of("Berlin-based logistics startup Cargolane has raised €12.5 million in a "
                       "Series A round led by Northgate Ventures, with participation from Harbor "
                       "Capital and Quay Partners. The company was founded by Tom Weber and Ana "
                       "Sousa."),
              UnorderedElementsAre("Cargolane RAISED Cargolane Series A",
                                   "Northgate Ventures LED Cargolane Series A",
                                   "Harbor Capital INVESTED_IN Cargolane Series A",
                                   "Quay Partners INVESTED_IN Cargolane Series A",
                                   "Tom Weber FOUNDED Cargolane", "Ana Sousa FOUNDED Cargolane"));
}

TEST(Rules, KeepsStageAmountAndCurrencyOfTheRound) {
  const graph::Graph graph =
      extract_venture_graph("Cargolane raised $12.5 million in a seed round in March 2021.");
  const graph::Node round = first(graph, "Round");
  EXPECT_EQ(round.id, "cargolane-seed");
  EXPECT_EQ(round.properties.at("stage"), "seed");
  EXPECT_EQ(round.properties.at("amount"), 12500000);
  EXPECT_EQ(round.properties.at("currency"), "USD");
  EXPECT_EQ(round.properties.at("amount_usd"), 12500000);
  EXPECT_EQ(round.properties.at("date"), "2021-03");
}

TEST(Rules, ReadsTheReverseDirection) {
  EXPECT_THAT(edges_of("Harbor Capital has invested $3 million in Danish neobank Krona."),
              UnorderedElementsAre("Krona RAISED Krona $3 million",
                                   "Harbor Capital INVESTED_IN Krona $3 million"));
  EXPECT_THAT(edges_of("Harbor Capital has made an investment in Krona, a neobank, and in Lira."),
              Contains("Harbor Capital INVESTED_IN Krona"));
}

TEST(Rules, ReadsTwoCompaniesOfOneSentence) {
  EXPECT_THAT(edges_of("Harbor Capital said that it had invested in Krona, a firm from Denmark, as "
                       "well as a security startup called Lockwise."),
              UnorderedElementsAre("Harbor Capital INVESTED_IN Krona",
                                   "Harbor Capital INVESTED_IN Lockwise"));
}

TEST(Rules, TakesTheCompanyOfAFirstPersonPostFromItsText) {
  EXPECT_THAT(
      edges_of("Our next chapter\nWe've raised a $4m seed round led by Harbor Capital.\n\n"
               "At Loopwork, we build a scheduling API.\n\n- Ravi Patel, Co-founder & CEO"),
      UnorderedElementsAre("Loopwork RAISED Loopwork Seed", "Harbor Capital LED Loopwork Seed",
                           "Ravi Patel FOUNDED Loopwork"));
}

TEST(Rules, KeepsEarlierRoundsApart) {
  EXPECT_THAT(edges_of("Nimbus closed a $22 million Series B led by Harbor Capital. It follows a "
                       "$6 million Series A led by Quay Partners."),
              UnorderedElementsAre("Nimbus RAISED Nimbus Series A", "Nimbus RAISED Nimbus Series B",
                                   "Harbor Capital LED Nimbus Series B",
                                   "Quay Partners LED Nimbus Series A"));
}

TEST(Rules, MakesATotalAPropertyAndNoRound) {
  const graph::Graph graph = extract_venture_graph(
      "Nimbus raised a $9 million Series A, bringing its total funding to $12 million.");
  EXPECT_THAT(testing::edges(graph), ElementsAre("Nimbus RAISED Nimbus Series A"));
  EXPECT_EQ(first(graph, "Project").properties.at("total_raised"), 12000000);
}

TEST(Rules, ReadsAngelsWithTheirAffiliations) {
  const graph::Graph graph = extract_venture_graph(
      "Nimbus raised $2m. Angels include: Jane Roe (CTO of Bigshop), Paylane co-founder Mark Stone "
      "and former Bigshop CEO Laura Hill.");
  EXPECT_THAT(testing::edges(graph),
              UnorderedElementsAre("Nimbus RAISED Nimbus $2m", "Jane Roe INVESTED_IN Nimbus $2m",
                                   "Mark Stone INVESTED_IN Nimbus $2m",
                                   "Laura Hill INVESTED_IN Nimbus $2m"));
  EXPECT_EQ(first(graph, "Investor").properties.at("kind"), "angel");
}

TEST(Rules, CreditsTheFundOfAPartner) {
  EXPECT_THAT(edges_of("Nimbus raised $2m in a round led by Jane Roe of Harbor Capital."),
              UnorderedElementsAre("Nimbus RAISED Nimbus $2m", "Harbor Capital LED Nimbus $2m",
                                   "Jane Roe PARTNERS_AT Harbor Capital"));
}

TEST(Rules, ReadsBulletedInvestors) {
  EXPECT_THAT(edges_of("Our seed round was joined by these investors:\n\n- Harbor Capital (lead)\n"
                       "- Jane Roe, founder of Paylane\n\nWe at Nimbus are grateful."),
              UnorderedElementsAre("Nimbus RAISED Nimbus Seed", "Harbor Capital LED Nimbus Seed",
                                   "Jane Roe INVESTED_IN Nimbus Seed"));
}

TEST(Rules, JoinsNamesTheTextEquates) {
  const graph::Graph graph = extract_venture_graph(
      "Nimbus, formerly Raincloud, raised $2m from Harbor Street Ventures (HSV). HSV leads many "
      "rounds. Raincloud was small.");
  EXPECT_EQ(first(graph, "Project").label, "Nimbus");
  EXPECT_THAT(first(graph, "Project").aliases, Contains("Raincloud"));
  EXPECT_THAT(first(graph, "Investor").aliases, Contains("HSV"));
}

TEST(Rules, StaysSilentOnLookAlikes) {
  EXPECT_THAT(edges_of("Fedora Bank raises rates to 4.5% as the market cools."), IsEmpty());
  EXPECT_THAT(edges_of("Zapp is in talks to raise $100 million from Harbor Capital."), IsEmpty());
  EXPECT_THAT(edges_of("Krona has raised over $17 million in its crowdsale."), IsEmpty());
  EXPECT_THAT(edges_of("Bigshop acquires Krona for $30 million."), IsEmpty());
  EXPECT_THAT(edges_of("Sensor startup Aeris won a $100,000 prize at a show."), IsEmpty());
  EXPECT_THAT(edges_of("Krona reports a loss of $1.2m in the third quarter."), IsEmpty());
  EXPECT_THAT(edges_of(""), IsEmpty());
}

TEST(Rules, DoesNotTakeAPublisherForTheCompany) {
  EXPECT_THAT(edges_of("Wallet Startup Krona Raises $3 Million - The Daily Ledger\nKrona has "
                       "raised $3m from Harbor Capital."),
              Not(Contains(::testing::HasSubstr("Daily Ledger"))));
}

TEST(Rules, QuotesVerbatimAtCodePointOffsets) {
  const std::string text =
      "Zürich’s [Größe AG](https://example.org/) has raised **CHF 4.2m** from “Élan Capital” 🚀.";
  const graph::Graph graph = extract_venture_graph(text);
  ASSERT_FALSE(graph.edges.empty());
  const core::CodePointIndex index(text);
  for (const graph::Edge& edge : graph.edges) {
    ASSERT_FALSE(edge.evidence.empty());
    for (const graph::Evidence& quote : edge.evidence) {
      const std::size_t begin = index.byte_offset_of(quote.start);
      const std::size_t end = index.byte_offset_of(quote.end);
      EXPECT_EQ(text.substr(begin, end - begin), quote.quote);
    }
  }
}

TEST(Rules, GivesTheSameGraphForTheSameText) {
  const std::string text =
      "Helix raised $5M from Accelion. Meanwhile, Strand secured £3m from Octavia Ventures.";
  EXPECT_EQ(extract_venture_graph(text), extract_venture_graph(text));
}

TEST(Rules, HoldsTheContractOnShuffledWords) {
  static const std::vector<std::string> kWords{
      "Acme",       "raised",   "$5 million", "led by",   "Bolt Ventures",
      ",",          "and",      "(",          ")",        "Jane Roe",
      "founder",    "of",       "Series A",   "round",    ".",
      "\n",         "-",        "in",         "from",     "it",
      "we",         "[",        "](x)",       "seed",     "total",
      "€3m",        "invested", "its",        "formerly", "participation from",
      "the company"};
  rc::check([](const std::vector<std::uint8_t>& picks) {
    std::string text;
    for (const std::uint8_t pick : picks) text += kWords[pick % kWords.size()] + ' ';
    const graph::Graph graph = extract_venture_graph(text);
    std::vector<std::string> ids;
    for (const graph::Node& node : graph.nodes) ids.push_back(node.id);
    std::sort(ids.begin(), ids.end());
    RC_ASSERT(std::adjacent_find(ids.begin(), ids.end()) == ids.end());
    for (const graph::Edge& edge : graph.edges) {
      RC_ASSERT(edge.source != edge.target);
      RC_ASSERT(!edge.evidence.empty());
      RC_ASSERT(std::binary_search(ids.begin(), ids.end(), edge.source));
      RC_ASSERT(std::binary_search(ids.begin(), ids.end(), edge.target));
      RC_ASSERT(text.find(edge.evidence.front().quote) != std::string::npos);
    }
  });
}

}  // namespace
}  // namespace graphrail::extract::rules
