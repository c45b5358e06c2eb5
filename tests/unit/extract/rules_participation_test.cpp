// Investors named by what they do, in lists with odd names, and what only looks like one.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "rules_support.h"

namespace graphrail::extract::rules {
namespace {

/// "L Acme" for each leader and "I Acme" for each other investor, sorted.
std::vector<std::string> investors(const std::string& body) {
  std::vector<std::string> out;
  for (const std::string& edge : testing::edges_of("Quorvia raises $6 million\n\n" + body)) {
    if (const std::size_t at = edge.find(" LED "); at != std::string::npos) {
      out.push_back("L " + edge.substr(0, at));
    } else if (const std::size_t in = edge.find(" INVESTED_IN "); in != std::string::npos) {
      out.push_back("I " + edge.substr(0, in));
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

using List = std::vector<std::string>;

const std::string kRound = "Quorvia has raised $6 million in a Series A led by Harbor Ventures. ";

struct Case {
  std::string text;
  List investors;
};

class Participation : public ::testing::TestWithParam<Case> {};

TEST_P(Participation, NamesTheInvestors) {
  EXPECT_EQ(investors(GetParam().text), GetParam().investors) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(
    Verbs, Participation,
    ::testing::Values(
        Case{kRound + "Tamarack Capital, Ostrava Partners and Belmont Fund were in on the deal.",
             {"I Belmont Fund", "I Ostrava Partners", "I Tamarack Capital", "L Harbor Ventures"}},
        Case{kRound + "Tamarack Capital and Ostrava Partners all re-upped, as did Belmont Fund.",
             {"I Belmont Fund", "I Ostrava Partners", "I Tamarack Capital", "L Harbor Ventures"}},
        Case{kRound + "Tamarack Capital and Ostrava Partners both invested as well.",
             {"I Ostrava Partners", "I Tamarack Capital", "L Harbor Ventures"}},
        Case{kRound + "Also in on the deal are Tamarack Capital and Belmont Fund.",
             {"I Belmont Fund", "I Tamarack Capital", "L Harbor Ventures"}},
        Case{kRound + "Tamarack Capital, which first invested last year, and Belmont Fund took "
                      "part.",
             {"I Belmont Fund", "I Tamarack Capital", "L Harbor Ventures"}},
        Case{kRound + "Maria Duarte and Rui Costa joined as advisors.", {"L Harbor Ventures"}}));

INSTANTIATE_TEST_SUITE_P(
    Tails, Participation,
    ::testing::Values(
        Case{"Harbor Ventures led the $6 million Series A in Quorvia, with Tamarack Capital, "
             "Ostrava Partners and others participating.",
             {"I Ostrava Partners", "I Tamarack Capital", "L Harbor Ventures"}},
        Case{"Quorvia closed its $6 million Series A with Harbor Ventures leading, and with "
             "Tamarack Capital and Ostrava Partners all following on.",
             {"I Ostrava Partners", "I Tamarack Capital", "L Harbor Ventures"}},
        Case{"Quorvia has closed a $6 million Series A. Harbor Ventures led the round, which also "
             "included new investor Tamarack Capital and existing investor Belmont Fund.",
             {"I Belmont Fund", "I Tamarack Capital", "L Harbor Ventures"}},
        Case{"Quorvia has closed a $6 million Series A with Harbor Ventures and Tamarack Capital "
             "as lead investors.",
             {"L Harbor Ventures", "L Tamarack Capital"}},
        Case{kRound + "With Maria Duarte leading product and Rui Costa joining the board, it plans "
                      "to expand.",
             {"L Harbor Ventures"}}));

INSTANTIATE_TEST_SUITE_P(
    OddNames, Participation,
    ::testing::Values(
        Case{kRound + "Launch.LA, oho! Ventures, b_capital, 3kx and Past/Present Ventures "
                      "participated.",
             {"I 3kx", "I Launch.LA", "I Past/Present Ventures", "I b_capital", "I oho! Ventures",
              "L Harbor Ventures"}},
        Case{kRound + "Ostrava Partners and Block Opportunity Corp. took part.",
             {"I Block Opportunity Corp", "I Ostrava Partners", "L Harbor Ventures"}},
        Case{"Quorvia has raised $6 million from btav Partners, lastminute capital, and Yahoo!, "
             "among others.",
             {"I Yahoo!", "I btav Partners", "I lastminute capital"}},
        Case{"Quorvia has raised $6 million from French VC firm Kimba Ventures, Hi-Pay founder "
             "David Bensen and Dr. Amara Wolfe, an angel investor.",
             {"I Amara Wolfe", "I David Bensen", "I Kimba Ventures"}}));

INSTANTIATE_TEST_SUITE_P(
    Lists, Participation,
    ::testing::Values(
        Case{"Quorvia has raised $6 million in seed funding. Our investors are Harbor Ventures "
             "(lead), Tamarack Capital and Sys.One.",
             {"I Sys.One", "I Tamarack Capital", "L Harbor Ventures"}},
        Case{"Quorvia has raised $6 million in seed funding.\n\n**Investors**\n\n* Harbor Ventures "
             "(lead)\n* Tamarack Capital\n* Omar Hadid, founder of Zenbox\n",
             {"I Omar Hadid", "I Tamarack Capital", "L Harbor Ventures"}},
        Case{kRound + "\n\nAlso joining us:\n\n* Tamarack Capital\n* Omar Hadid (Zenbox)\n",
             {"I Omar Hadid", "I Tamarack Capital", "L Harbor Ventures"}}));

INSTANTIATE_TEST_SUITE_P(
    Money, Participation,
    ::testing::Values(
        Case{"Bitcoin exchange Quorvia has been backed to the tune of $6 million by Harbor "
             "Ventures, Tamarack Capital and others.",
             {"I Harbor Ventures", "I Tamarack Capital"}},
        Case{"Quorvia has closed a $6 million seed round. Half of the cash came from Harbor "
             "Ventures, while Tamarack Capital supplied the rest.",
             {"I Harbor Ventures", "I Tamarack Capital"}},
        Case{"Quorvia has closed a $6 million seed round. Harbor Ventures wrote the biggest check, "
             "and the startup also got money from Tamarack Capital.",
             {"I Harbor Ventures", "I Tamarack Capital"}},
        Case{"Quorvia has closed a $6 million seed round. The firm counts Harbor Ventures and "
             "Tamarack Capital as investors.",
             {"I Harbor Ventures", "I Tamarack Capital"}},
        Case{kRound + "The company counts Lidl and Ikea as customers.", {"L Harbor Ventures"}}));

INSTANTIATE_TEST_SUITE_P(
    NotInvestors, Participation,
    ::testing::Values(
        Case{"Quorvia has raised $6 million from angel investors, FinWire has learned.", {}},
        Case{"Quorvia has raised $6 million from private investors, CEO Frank Duval told FinWire.",
             {}},
        Case{"Quorvia has raised $6 million from Harbor Ventures and angel investors, including "
             "Ken Warrick of Synthio and Rune Olsen.",
             {"I Harbor Ventures", "I Ken Warrick", "I Rune Olsen"}},
        Case{"Quorvia has raised $6 million from angels including Claro Capital's Arjun Mehta.",
             {"I Arjun Mehta"}}));

INSTANTIATE_TEST_SUITE_P(
    Frames, Participation,
    ::testing::Values(
        Case{kRound + "The startup's earlier investors, Tamarack Capital, Ostrava Partners and "
                      "Belmont Fund, also put in money.",
             {"I Belmont Fund", "I Ostrava Partners", "I Tamarack Capital", "L Harbor Ventures"}},
        Case{"Quorvia has raised $6 million. The funds were provided by Ostrava Growth Partners, a "
             "Danish private equity firm, and will be used to hire.",
             {"I Ostrava Growth Partners"}},
        Case{"In May we closed our seed round with Tamarack Capital and Ostrava Partners.",
             {"I Ostrava Partners", "I Tamarack Capital"}},
        Case{kRound + "We are thankful for the support of individuals such as Rune Olsen (Zenbox) "
                      "and Omar Hadid (Brightly).",
             {"I Omar Hadid", "I Rune Olsen", "L Harbor Ventures"}},
        Case{"We have raised a $35M Series B. Harbor Ventures led the round with participation "
             "from Tamarack Capital, who led our Series A in 2019, Ostrava Partners and Belmont "
             "Fund.",
             {"I Belmont Fund", "I Ostrava Partners", "I Tamarack Capital", "L Harbor Ventures",
              "L Tamarack Capital"}},
        Case{kRound + "They are joined by Tamarack Capital and Belmont Fund.",
             {"I Belmont Fund", "I Tamarack Capital", "L Harbor Ventures"}},
        Case{kRound + "They are joined by founding engineer Joe Olsen.", {"L Harbor Ventures"}}));

INSTANTIATE_TEST_SUITE_P(
    NameEdges, Participation,
    ::testing::Values(
        Case{"Quorvia has raised $6 million from Danish venture capital firm Ostra Invest.",
             {"I Ostra Invest"}},
        Case{"Quorvia has raised $6 million from Lunar Global and Golden Star Holdings.",
             {"I Golden Star Holdings", "I Lunar Global"}},
        Case{"Quorvia has raised $6 million. The round was led by Oslo-based Harbor Us, with "
             "additional funding coming from Belmont Fund.",
             {"I Belmont Fund", "L Harbor Us"}},
        Case{kRound + "Backers included Belmont Fund and The Northern Trust & Settling Corporation "
                      "(NTSC).",
             {"I Belmont Fund", "I Northern Trust & Settling Corporation", "L Harbor Ventures"}}));

}  // namespace
}  // namespace graphrail::extract::rules
