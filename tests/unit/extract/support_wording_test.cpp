// The same facts in other words: blogs, lists, wire copy, headlines; and the words that undo them.
#include <gtest/gtest.h>

#include "support_cases.h"

namespace graphrail::extract::model {
namespace {

/// An investor, a sentence or two that speak of it, and what becomes of LED and INVESTED_IN.
struct WordingCase {
  std::string_view investor;
  std::string_view text;
  std::string_view quote;
  std::string_view led;
  std::string_view invested;
};

constexpr std::string_view kOpening = "Ravelin Labs has raised a $7 million Series A.\n\n";

void expect_wording(const WordingCase& row) {
  const std::string text = std::string(kOpening) + std::string(row.text);
  const graph::Node round = round_of("Ravelin Labs Series A", "series-a", 7000000);
  const graph::Node investor = make_node("Investor", row.investor);
  EXPECT_EQ(code_of(text, "venture", {investor, "LED", round, row.quote, ""}), row.led) << row.text;
  EXPECT_EQ(code_of(text, "venture", {investor, "INVESTED_IN", round, row.quote, ""}), row.invested)
      << row.text;
}

TEST(SupportWording, LeadsAreReadInManyForms) {
  for (const WordingCase& row : std::vector<WordingCase>{
           {"Oxbow", "The round was led by Oxbow.", "The round was led by Oxbow", "", ""},
           {"Oxbow", "Oxbow took the lead; Finch followed.", "Oxbow took the lead", "", ""},
           {"Oxbow", "Oxbow announced Monday that it led the round.",
            "Oxbow announced Monday that it led the round", "", ""},
           {"Oxbow", "We couldn't be happier about our lead investor, Oxbow.",
            "our lead investor, Oxbow", "", ""},
           {"Oxbow", "Who's in: Oxbow (lead), Finch and Tern.", "Oxbow (lead)", "", ""},
           {"Oxbow", "Lead: Oxbow\nParticipants: Finch, Tern", "Lead: Oxbow", "", ""},
           {"Tern", "The round was led by Oxbow, with Finch and Tern joining.", "Finch and Tern",
            "contradicted", ""},
           {"Tern", "Oxbow led the round. Finch and Tern were the other participants.",
            "Finch and Tern were the other participants", "contradicted", ""}}) {
    expect_wording(row);
  }
}

TEST(SupportWording, ListsTakeTheirRoleFromTheLineAbove) {
  constexpr std::string_view kLists =
      "## Participating investors\n\n- Finch\n- Mara Voss, founder of Bellhop\n\n"
      "## Early customers\n\n- Tern\n";
  expect_wording({"Finch", kLists, "Finch", "contradicted", ""});
  expect_wording({"Mara Voss", kLists, "Mara Voss", "contradicted", ""});
  expect_wording({"Bellhop", kLists, "founder of Bellhop", "no_cue", "no_cue"});
  expect_wording({"Tern", kLists, "Tern", "no_cue", "no_cue"});
}

TEST(SupportWording, BystandersDoNotInvest) {
  for (const WordingCase& row : std::vector<WordingCase>{
           {"Tern", "Oxbow led the round. Ravelin competes with Tern.", "competes with Tern",
            "no_cue", "contradicted"},
           {"Daily Ledger", "Oxbow led the round, Daily Ledger has learned.",
            "Daily Ledger has learned", "no_cue", "contradicted"},
           {"Tern", "Investor Kit Moss (Tern) joined the round.", "Kit Moss (Tern)", "no_cue",
            "no_cue"},
           {"Lisbon", "The round was led by Lisbon-based Oxbow.", "led by Lisbon-based Oxbow",
            "no_cue", "contradicted"},
           {"Ravelin", "In a round led by Oxbow, Ravelin has raised $7 million.",
            "Ravelin has raised $7 million", "no_cue", "contradicted"}}) {
    expect_wording(row);
  }
}

TEST(SupportWording, HedgesAndDenialsUndoAStatement) {
  for (const WordingCase& row : std::vector<WordingCase>{
           {"Oxbow", "The round was reportedly led by Oxbow.", "reportedly led by Oxbow", "hedged",
            "hedged"},
           {"Oxbow", "Oxbow could lead the round.", "Oxbow could lead the round", "hedged",
            "hedged"},
           {"Oxbow", "Oxbow denied that it led the round.", "Oxbow denied that it led the round",
            "contradicted", "contradicted"},
           {"Oxbow", "The round was not led by Oxbow.", "not led by Oxbow", "contradicted",
            "contradicted"},
           {"Oxbow", "Did Oxbow lead the round?", "Did Oxbow lead the round?", "hedged", "hedged"},
           {"Oxbow", "Finch did not invest, and Oxbow led the round.", "Oxbow led the round", "",
            ""}}) {
    expect_wording(row);
  }
}

TEST(SupportWording, TotalsAndValuationsAreNoRounds) {
  constexpr std::string_view kText =
      "Ravelin Labs has raised a $7 million Series A. The round takes its total funding to $9 "
      "million and values the company at $60 million.";
  const graph::Node project = make_node("Project", "Ravelin Labs");
  const std::string_view total = "takes its total funding to $9 million";
  EXPECT_EQ(code_of(kText, "venture",
                    {project, "RAISED", round_of("Ravelin $9m", "", 9000000), total, ""}),
            "other_round");
  EXPECT_EQ(code_of(kText, "venture",
                    {project, "RAISED", round_of("Ravelin $60m", "", 60000000),
                     "values the company at $60 million", ""}),
            "other_round");
}

TEST(SupportWording, AQuoteThatStandsTwiceCountsWhereItSupports) {
  constexpr std::string_view kText =
      "News from Oxbow and others.\n\nRavelin Labs received $7 million from Oxbow.";
  EXPECT_EQ(code_of(kText, "venture",
                    {make_node("Investor", "Oxbow"), "INVESTED_IN",
                     round_of("Ravelin $7m", "", 7000000), "from Oxbow", ""}),
            "");
}

}  // namespace
}  // namespace graphrail::extract::model
