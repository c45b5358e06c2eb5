// Wordings of lists, names, founders and sums that journalists and founders use, by class.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "unit/extract/rules_support.h"

namespace graphrail::extract::rules {
namespace {

using ::testing::Contains;
using testing::edges_of;
using ::testing::IsSupersetOf;
using ::testing::Not;

struct Wording {
  const char* text;
  std::vector<std::string> edges;
};

class Wordings : public ::testing::TestWithParam<Wording> {};

TEST_P(Wordings, GivesExactlyTheseEdges) {
  EXPECT_THAT(edges_of(GetParam().text), ::testing::UnorderedElementsAreArray(GetParam().edges));
}

INSTANTIATE_TEST_SUITE_P(
    Names, Wordings,
    ::testing::Values(
        Wording{"Vexo raised a $3M seed round led by Monk's Field Ventures and GP Harrowgate.",
                {"GP Harrowgate LED Vexo Seed", "Monk's Field Ventures LED Vexo Seed",
                 "Vexo RAISED Vexo Seed"}},
        Wording{"Vexo raised a $3M seed round from Pine Ventures and First Lark Row.",
                {"First Lark Row INVESTED_IN Vexo Seed", "Pine Ventures INVESTED_IN Vexo Seed",
                 "Vexo RAISED Vexo Seed"}},
        Wording{
            "Vexo raised a $3M seed round led by Sequana-style fund Lumen Labs. Backers include "
            "Paylane-alum Ada Holm.",
            {"Ada Holm INVESTED_IN Vexo Seed", "Lumen Labs LED Vexo Seed",
             "Vexo RAISED Vexo Seed"}},
        Wording{"Vexo raises $3M led by Harbor\n\nVexo raised $3M in a round led by Harbor Row.",
                {"Harbor Row LED Vexo $3M", "Vexo RAISED Vexo $3M"}},
        Wording{
            "Gold-Backed Crypto Startup Vexo Announces Raise\n\nVexo has raised $3 million from "
            "Pine Ventures.",
            {"Pine Ventures INVESTED_IN Vexo $3 million", "Vexo RAISED Vexo $3 million"}}));

INSTANTIATE_TEST_SUITE_P(
    Lists, Wordings,
    ::testing::Values(
        Wording{
            "Vexo raised a $3M seed round from a slew of investors that includes Pine Ventures, "
            "Oak Row and Tom Lund.",
            {"Oak Row INVESTED_IN Vexo Seed", "Pine Ventures INVESTED_IN Vexo Seed",
             "Tom Lund INVESTED_IN Vexo Seed", "Vexo RAISED Vexo Seed"}},
        Wording{"Vexo raised a $3M seed round that was led by Pine Ventures and also involved Oak "
                "Row and Birch Lane.",
                {"Birch Lane INVESTED_IN Vexo Seed", "Oak Row INVESTED_IN Vexo Seed",
                 "Pine Ventures LED Vexo Seed", "Vexo RAISED Vexo Seed"}},
        Wording{"Vexo raised a $3M seed round led by Pine Ventures with Oak Row and Birch Lane.",
                {"Birch Lane INVESTED_IN Vexo Seed", "Oak Row INVESTED_IN Vexo Seed",
                 "Pine Ventures LED Vexo Seed", "Vexo RAISED Vexo Seed"}},
        Wording{
            "We raised a $3M seed round for Vexo. Our lead investor is Pine Ventures, the fund "
            "behind companies like Kettle and Loomy. Also in the round: Oak Row and our friends "
            "at Birch Lane.",
            {"Birch Lane INVESTED_IN Vexo Seed", "Oak Row INVESTED_IN Vexo Seed",
             "Pine Ventures LED Vexo Seed", "Vexo RAISED Vexo Seed"}},
        Wording{
            "Vexo raised $3 million from Oak Row subsidiary Medika Ventures and the venture arm "
            "of Birch Bank.",
            {"Birch Bank INVESTED_IN Vexo $3 million",
             "Medika Ventures INVESTED_IN Vexo $3 million", "Vexo RAISED Vexo $3 million"}},
        Wording{"Vexo closed a $9M Series A led by Pine Ventures. Oak Row and Birch Lane, who led "
                "our seed round, also participated, as did several angels, among them Tom Lund.",
                {"Birch Lane INVESTED_IN Vexo Series A", "Birch Lane LED Vexo Seed",
                 "Oak Row INVESTED_IN Vexo Series A", "Oak Row LED Vexo Seed",
                 "Pine Ventures LED Vexo Series A", "Tom Lund INVESTED_IN Vexo Series A",
                 "Vexo RAISED Vexo Seed", "Vexo RAISED Vexo Series A"}}));

INSTANTIATE_TEST_SUITE_P(
    Rounds, Wordings,
    ::testing::Values(
        Wording{"Vexo has completed an $8 million token sale, with Pine Ventures and Oak Row among "
                "the buyers.",
                {"Oak Row INVESTED_IN Vexo Token-Sale", "Pine Ventures INVESTED_IN Vexo Token-Sale",
                 "Vexo RAISED Vexo Token-Sale"}},
        Wording{"Vexo has been awarded a $75,000 grant by the Birch Foundation.",
                {"Birch Foundation INVESTED_IN Vexo Grant", "Vexo RAISED Vexo Grant"}},
        Wording{"Vexo closed a $30 million Series C. The round was led by Pine Ventures, with "
                "strategic investments from Oak Row and Birch Lane.",
                {"Birch Lane INVESTED_IN Vexo Series C", "Oak Row INVESTED_IN Vexo Series C",
                 "Pine Ventures LED Vexo Series C", "Vexo RAISED Vexo Series C"}},
        Wording{"Vexo raised a $3M seed round from Oak Row. It has raised $5 million since it was "
                "founded. Vexo competes with Loomy, which raised $45 million last year.",
                {"Oak Row INVESTED_IN Vexo Seed", "Vexo RAISED Vexo Seed"}},
        Wording{"Loomy Alumni Launch Custody Startup\n\nVexo emerged from stealth on Tuesday with "
                "$7 million in seed funding. Its backers include Oak Row.",
                {"Oak Row INVESTED_IN Vexo Seed", "Vexo RAISED Vexo Seed"}}));

INSTANTIATE_TEST_SUITE_P(
    Founders, Wordings,
    ::testing::Values(
        Wording{"Vexo raised $3M. The startup was founded in 2013 by Li Jun, a former engineer.",
                {"Li Jun FOUNDED Vexo", "Vexo RAISED Vexo $3M"}},
        Wording{"Vexo, founded by former Oak Sachs trader Ines Calder, raised $3M.",
                {"Ines Calder FOUNDED Vexo", "Vexo RAISED Vexo $3M"}},
        Wording{
            "Vexo raised $3M. We (Ada Holm, Tom Lund and Jun Park) founded the company in 2017.",
            {"Ada Holm FOUNDED Vexo", "Jun Park FOUNDED Vexo", "Tom Lund FOUNDED Vexo",
             "Vexo RAISED Vexo $3M"}},
        Wording{"Vexo raised $3M. I met Tom Lund, who became my co-founder.",
                {"Tom Lund FOUNDED Vexo", "Vexo RAISED Vexo $3M"}},
        Wording{"Vexo raised $3M. I want to thank my co-founder, Tom Lund, and all our users.",
                {"Tom Lund FOUNDED Vexo", "Vexo RAISED Vexo $3M"}},
        Wording{
            "Vexo raised $3M. Ada Holm founded the company with her husband, Tom Lund, in 2012.",
            {"Ada Holm FOUNDED Vexo", "Tom Lund FOUNDED Vexo", "Vexo RAISED Vexo $3M"}}));

INSTANTIATE_TEST_SUITE_P(
    Frames, Wordings,
    ::testing::Values(
        Wording{"Vexo raised a $3M seed round led by Pine Ventures, an Oslo fund; Oak Row, Birch "
                "Lane and Fir Hill also took part.",
                {"Birch Lane INVESTED_IN Vexo Seed", "Fir Hill INVESTED_IN Vexo Seed",
                 "Oak Row INVESTED_IN Vexo Seed", "Pine Ventures LED Vexo Seed",
                 "Vexo RAISED Vexo Seed"}},
        Wording{"Vexo raised a $3M seed round led by Pine Ventures, bringing on board Oak Row and "
                "Birch Lane as new shareholders.",
                {"Birch Lane INVESTED_IN Vexo Seed", "Oak Row INVESTED_IN Vexo Seed",
                 "Pine Ventures LED Vexo Seed", "Vexo RAISED Vexo Seed"}},
        Wording{"Vexo raised a $3M seed round led by Pine Ventures, and we're welcoming Oak Row to "
                "the cap table. We also welcome Tom Lund as our CTO.",
                {"Oak Row INVESTED_IN Vexo Seed", "Pine Ventures LED Vexo Seed",
                 "Vexo RAISED Vexo Seed"}},
        Wording{"Vexo landed a $3M injection in a round featuring Pine Ventures, Oak Row and "
                "Loomy-owned Birch Lane.",
                {"Birch Lane INVESTED_IN Vexo $3M", "Oak Row INVESTED_IN Vexo $3M",
                 "Pine Ventures INVESTED_IN Vexo $3M", "Vexo RAISED Vexo $3M"}},
        Wording{
            "Pine Ventures is leading a $6M Series A in Vexo. We're joined by our friends at Oak "
            "Row.",
            {"Oak Row INVESTED_IN Vexo Series A", "Pine Ventures LED Vexo Series A",
             "Vexo RAISED Vexo Series A"}},
        Wording{
            "This week's deals:\n\n- **Vexo** raised $3M from Oak Row.\n- **Loomy** (Oslo): $10M "
            "Series C led by Pine Ventures.\n",
            {"Loomy RAISED Loomy Series C", "Oak Row INVESTED_IN Vexo $3M",
             "Pine Ventures LED Loomy Series C", "Vexo RAISED Vexo $3M"}},
        Wording{"The Birch Foundation has given Vexo a $75,000 grant.",
                {"Birch Foundation INVESTED_IN Vexo Grant", "Vexo RAISED Vexo Grant"}}));

INSTANTIATE_TEST_SUITE_P(
    Companies, Wordings,
    ::testing::Values(
        Wording{
            "Two years ago we wrote the first line of Vexo. Today we closed our Series A, led by "
            "Pine Ventures, with our seed investors Lark 9 and Oak Row taking their pro rata.",
            {"Lark 9 INVESTED_IN Vexo Series A", "Oak Row INVESTED_IN Vexo Series A",
             "Pine Ventures LED Vexo Series A", "Vexo RAISED Vexo Series A"}},
        Wording{"Vexo raised $3M from Loomy's next12 unit and 7thsenseco.",
                {"7thsenseco INVESTED_IN Vexo $3M", "Vexo RAISED Vexo $3M",
                 "next12 INVESTED_IN Vexo $3M"}},
        Wording{"Vexo, co-founded by Pebble Core developer Tom Lund, raised $3M.",
                {"Tom Lund FOUNDED Vexo", "Vexo RAISED Vexo $3M"}}));

INSTANTIATE_TEST_SUITE_P(
    People, Wordings,
    ::testing::Values(
        Wording{"Vexo raised $3M from Oak Row.\n\nAnna & Tom, co-founders of Vexo",
                {"Anna FOUNDED Vexo", "Oak Row INVESTED_IN Vexo $3M", "Tom FOUNDED Vexo",
                 "Vexo RAISED Vexo $3M"}},
        Wording{"Vexo, founded by two former Loomy engineers, Ada Holm and Tom Lund, raised $3M.",
                {"Ada Holm FOUNDED Vexo", "Tom Lund FOUNDED Vexo", "Vexo RAISED Vexo $3M"}},
        Wording{
            "Oakum, the Oslo-based studio founded by Ada Holm, has invested $3 million in Vexo.",
            {"Ada Holm PARTNERS_AT Oakum", "Oakum INVESTED_IN Vexo $3 million",
             "Vexo RAISED Vexo $3 million"}},
        Wording{"Vexo raised $3M in a round led by Oakum Perkin. Oakum's Tom Lund joins the board.",
                {"Oakum Perkin LED Vexo $3M", "Tom Lund PARTNERS_AT Oakum Perkin",
                 "Vexo RAISED Vexo $3M"}}));

INSTANTIATE_TEST_SUITE_P(
    DescribedItems, Wordings,
    ::testing::Values(
        Wording{"Vexo raised $3M from Spanish venture firm Pine Ventures, the Bergen growth fund "
                "Oakum Plus and Tom Lund, the former head of Loomy.",
                {"Oakum Plus INVESTED_IN Vexo $3M", "Pine Ventures INVESTED_IN Vexo $3M",
                 "Tom Lund INVESTED_IN Vexo $3M", "Vexo RAISED Vexo $3M"}},
        Wording{"Vexo raised a $3M round led by Pine Ventures, with Oakum Row, Elmwood Quay and a "
                "group of angels that includes Tom Lund (founder of Loomy) and Ada Holm.",
                {"Ada Holm INVESTED_IN Vexo $3M", "Elmwood Quay INVESTED_IN Vexo $3M",
                 "Oakum Row INVESTED_IN Vexo $3M", "Pine Ventures LED Vexo $3M",
                 "Tom Lund INVESTED_IN Vexo $3M", "Vexo RAISED Vexo $3M"}},
        Wording{
            "Vexo raised a $3M round led by Pine Ventures with participation from Oakum Row and "
            "a few of the sharpest founders we met: Tom Lund (Loomy) and Ada Holm (Gravo).",
            {"Ada Holm INVESTED_IN Vexo $3M", "Oakum Row INVESTED_IN Vexo $3M",
             "Pine Ventures LED Vexo $3M", "Tom Lund INVESTED_IN Vexo $3M",
             "Vexo RAISED Vexo $3M"}},
        Wording{"Vexo raised $3M from Loomy veteran Tom Lund's Pine Ventures and Oakum Capital.",
                {"Oakum Capital INVESTED_IN Vexo $3M", "Pine Ventures INVESTED_IN Vexo $3M",
                 "Tom Lund PARTNERS_AT Pine Ventures", "Vexo RAISED Vexo $3M"}}));

INSTANTIATE_TEST_SUITE_P(
    MoreRounds, Wordings,
    ::testing::Values(
        Wording{"Vexo has added another $2 million to the $5 million Series A it closed in June. "
                "The new money comes from Oakum Capital.",
                {"Oakum Capital INVESTED_IN Vexo $2 million", "Vexo RAISED Vexo $2 million",
                 "Vexo RAISED Vexo Series A"}},
        Wording{"Vexo has raised an undisclosed sum from Norway's Oakum Capital, a fund for games.",
                {"Oakum Capital INVESTED_IN Vexo funding", "Vexo RAISED Vexo funding"}},
        Wording{"Vexo raised $3M led by Pine Ventures.\n\n\"We like it,\" said Tom Lund, M.D., "
                "partner at Pine Ventures.",
                {"Pine Ventures LED Vexo $3M", "Tom Lund PARTNERS_AT Pine Ventures",
                 "Vexo RAISED Vexo $3M"}}));

TEST(Wording, KeepsFoundersOfOtherCompaniesAsAngels) {
  EXPECT_THAT(edges_of("Vexo raised a $3M seed round led by Pine Ventures. Oak Row took part, as "
                       "did Kevin Lund, co-founder of ride-hailing company Loomy."),
              Not(Contains("Kevin Lund FOUNDED Vexo")));
}

TEST(Wording, TakesNoSaleToTheCrowdForARound) {
  EXPECT_THAT(edges_of("The regulator said Vexo raised $12 million in an unregistered token sale "
                       "from investors including retirees."),
              ::testing::IsEmpty());
}

TEST(Wording, TiesBothPeopleToTheirFirm) {
  EXPECT_THAT(
      edges_of("Vexo raised a $3M seed round led by Pine Ventures. Thanks to Ada Holm and "
               "Tom Lund at Pine Ventures."),
      IsSupersetOf({"Ada Holm PARTNERS_AT Pine Ventures", "Tom Lund PARTNERS_AT Pine Ventures"}));
}

}  // namespace
}  // namespace graphrail::extract::rules
