// Founders' grammar, totals, cheques, rumours and inserted headlines, by class.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/extract/rules_support.h"

namespace graphrail::extract::rules {
namespace {

using ::testing::Contains;
using testing::edges_of;
using ::testing::IsEmpty;
using ::testing::IsSupersetOf;
using ::testing::Not;
using ::testing::UnorderedElementsAre;

constexpr const char* kAda = "Ada Holm FOUNDED Vexo";
constexpr const char* kTom = "Tom Lund FOUNDED Vexo";

class Founding : public ::testing::TestWithParam<const char*> {};

TEST_P(Founding, NamesBothFounders) {
  EXPECT_THAT(edges_of(std::string("Vexo raised a $3M seed round. ") + GetParam()),
              IsSupersetOf({kAda, kTom}));
}

INSTANTIATE_TEST_SUITE_P(
    Rules, Founding,
    ::testing::Values("Co-founders Ada Holm (CEO) and Tom Lund (CTO) met at school.",
                      "Vexo's founders are Ada Holm and Tom Lund.",
                      "Our founders, Ada Holm and Tom Lund, met at school.",
                      "CEO Ada Holm, who co-founded the company with Tom Lund, said so.",
                      "Ada Holm and Tom Lund started Vexo in 2012.",
                      "Ada Holm, a former Bigshop executive who started Vexo with developer Tom "
                      "Lund, said so.",
                      "The app is the brainchild of Ada Holm and Tom Lund.",
                      "\n\nAda Holm & Tom Lund\nCo-founders",
                      "\n\n- Ada Holm and Tom Lund, founders of Vexo"));

TEST(Rules, TakesFoundersWithBracketedCompaniesForAngels) {
  EXPECT_THAT(edges_of("Vexo raised a $3M seed round from Harbor Capital and a number of operators "
                       "and founders: Ada Holm (Paylane), Tom Lund (Bigshop)."),
              IsSupersetOf({"Ada Holm INVESTED_IN Vexo Seed", "Tom Lund INVESTED_IN Vexo Seed"}));
}

TEST(Rules, ReadsTheCompanyOfItsSection) {
  EXPECT_THAT(
      edges_of("Weekly Roundup\n\n#### Zorvo raises $7M\n\nZorvo raised $7 million from "
               "Harbor Capital.\n\n#### Vexo gets $600K\n\nVexo received $600,000 from Pine "
               "Ventures. The company was founded by Ada Holm.\n"),
      Contains(kAda));
}

TEST(Rules, LeavesFoundersOfOtherCompaniesAlone) {
  EXPECT_THAT(edges_of("Vexo raised $3M. Investors include Paylane co-founders Ada Holm and Tom "
                       "Lund."),
              Not(Contains(kAda)));
}

TEST(Rules, MakesNoRoundOfTotals) {
  const std::string start = "Vexo closed a $9m Series B led by Harbor Capital. ";
  for (const char* total :
       {"The total raised by the Oslo startup now stands at $31 million.",
        "The company has now raised $31 million in total.",
        "Since 1999 Harbor Capital has invested over $800 million in startups."}) {
    EXPECT_THAT(edges_of(start + total), UnorderedElementsAre("Vexo RAISED Vexo Series B",
                                                              "Harbor Capital LED Vexo Series B"));
  }
}

TEST(Rules, ReadsASecondRoundOfEqualSize) {
  EXPECT_THAT(edges_of("It is two months since Vexo landed its $10 million Series A. The company "
                       "today announced another $10 million in a round led by Harbor Capital."),
              UnorderedElementsAre("Vexo RAISED Vexo Series A", "Vexo RAISED Vexo $10 million",
                                   "Harbor Capital LED Vexo $10 million"));
}

TEST(Rules, ReadsEarlierCheques) {
  EXPECT_THAT(edges_of("Vexo closed a $7M Series A. Quay Partners had written the first cheque - "
                       "$250,000 - in 2016."),
              Contains("Quay Partners INVESTED_IN Vexo $250,000"));
}

TEST(Rules, TiesPeopleToTheirFund) {
  for (const char* text : {"Vexo closed a $7M Series A led by Ada Holm at Harbor Capital.",
                           "Vexo closed a $7M Series A led by Harbor Capital (Ada Holm).",
                           "Vexo closed a $7M Series A led by Harbor Capital. Ada Holm, who heads "
                           "up Harbor Capital, is glad."}) {
    EXPECT_THAT(edges_of(text), UnorderedElementsAre("Vexo RAISED Vexo Series A",
                                                     "Harbor Capital LED Vexo Series A",
                                                     "Ada Holm PARTNERS_AT Harbor Capital"));
  }
}

TEST(Rules, PrefersTheSubjectOfTheTextToAGuessFromTheTitle) {
  EXPECT_THAT(edges_of("Vexo Picks Up $2 Million for Fraud Checks\nVexo, whose API finds fraud, "
                       "just picked up a $2 million seed round."),
              UnorderedElementsAre("Vexo RAISED Vexo Seed"));
}

TEST(Rules, SkipsHeadlinesOfOtherStories) {
  EXPECT_THAT(edges_of("Vexo Nets €2M\nThe fraud company Also read: Coin Price Tops $900 as Miners "
                       "Rejoice Vexo has received €2 million from Harbor Capital."),
              UnorderedElementsAre("Vexo RAISED Vexo €2M", "Harbor Capital INVESTED_IN Vexo €2M"));
}

TEST(Rules, StaysSilentOnRumoursAndSpending) {
  for (const char* text :
       {"Vexo was reported to be in talks with Harbor Capital over a $50 million investment.",
        "Vexo is said to be raising a $40 million Series B from Harbor Capital.",
        "Vexo raised its full-year guidance on Friday after revenue of $12 million.",
        "Miner Vexo invested $4.5 million in new hardware at its site in Norway.",
        "The Linden Foundation has raised over $35,000 in donations to rebuild a school.",
        "Vexo opened a lab in Paris with the participation of Barton, Helix and others."}) {
    EXPECT_THAT(edges_of(text), IsEmpty()) << text;
  }
}

}  // namespace
}  // namespace graphrail::extract::rules
