// Edges of the venture schema against texts that state them, and against texts that do not.
#include "extract/model/support_check.h"

#include <gtest/gtest.h>

#include "support_cases.h"

namespace graphrail::extract::model {
namespace {

constexpr std::string_view kText =
    "Lumivolt raises $12 million Series A\n\n"
    "Lumivolt, a battery software startup, today announced a $12 million Series A led by "
    "[Harrow Ventures](https://harrow.example), with participation from Quillstone Capital and "
    "existing investors Brackwater and Penn Ashdown. The platform is used by customers such as "
    "Ostrava Motors and Kestrel Rail.\n\n"
    "Lumivolt was founded in 2019 by Ines Caldera and Tobias Wren. \"We led this round because "
    "grids are changing,\" said Maud Ellery, partner at Harrow Ventures. The new money follows a "
    "$2 million seed round from Tidewater Angels in 2020. Corvid Partners did not invest, and "
    "Juniper Fund is in talks to join the next round.\n\n"
    "## Our angels\n\n"
    "- Petra Lindqvist, founder of Nordhavn\n"
    "- Samir Okafor (Polyglot)\n";

const graph::Node kProject = make_node("Project", "Lumivolt");
const graph::Node kSeriesA = round_of("Lumivolt Series A", "series-a", 12000000);
const graph::Node kSeed = round_of("Lumivolt Seed", "seed", 2000000);

graph::Node investor(std::string_view label) { return make_node("Investor", label); }
graph::Node person(std::string_view label) { return make_node("Person", label); }

void expect_all(std::string_view text, const std::vector<SupportCase>& rows) {
  for (const SupportCase& row : rows) {
    EXPECT_EQ(code_of(text, "venture", row), row.code)
        << row.source.label << ' ' << row.relationship << ' ' << row.target.label << " <- "
        << row.quote;
  }
}

TEST(SupportCheck, KeepsWhatTheQuoteStates) {
  expect_all(kText,
             {{kProject, "RAISED", kSeriesA, "Lumivolt raises $12 million Series A", ""},
              {kProject, "RAISED", kSeed, "$2 million seed round", ""},
              {investor("Harrow Ventures"), "LED", kSeriesA, "led by [Harrow Ventures]", ""},
              {investor("Harrow"), "LED", kSeriesA, "Series A led by [Harrow Ventures]", ""},
              {investor("Quillstone Capital"), "INVESTED_IN", kSeriesA,
               "participation from Quillstone Capital", ""},
              {investor("Penn Ashdown"), "INVESTED_IN", kSeriesA,
               "existing investors Brackwater and Penn Ashdown", ""},
              {investor("Tidewater Angels"), "INVESTED_IN", kSeed,
               "$2 million seed round from Tidewater Angels", ""},
              {investor("Petra Lindqvist"), "INVESTED_IN", kSeriesA, "- Petra Lindqvist", ""},
              {investor("Samir Okafor"), "INVESTED_IN", kSeriesA, "Samir Okafor", ""},
              {person("Ines Caldera"), "FOUNDED", kProject, "founded in 2019 by Ines Caldera", ""},
              {person("Tobias Wren"), "FOUNDED", kProject, "by Ines Caldera and Tobias Wren", ""},
              {person("Maud Ellery"), "PARTNERS_AT", investor("Harrow Ventures"),
               "Maud Ellery, partner at Harrow Ventures", ""},
              {kProject, "CLASSIFIED_AS", make_node("Narrative", "battery software startup"),
               "Lumivolt, a battery software startup", ""}});
}

TEST(SupportCheck, DropsEndsTheQuoteDoesNotName) {
  expect_all(kText, {{investor("Zephyr Capital"), "LED", kSeriesA, "led by [Harrow Ventures]",
                      "end_not_named"},
                     {investor("Quillstone Capital"), "INVESTED_IN", kSeriesA,
                      "Lumivolt raises $12 million Series A", "end_not_named"},
                     {person("Maud Ellery"), "PARTNERS_AT", investor("Quillstone Capital"),
                      "Maud Ellery, partner at Harrow Ventures", "end_not_named"},
                     {make_node("Project", "Kestrel Rail"), "RAISED", kSeriesA,
                      "Lumivolt raises $12 million Series A", "end_not_named"},
                     {kProject, "CLASSIFIED_AS", make_node("Narrative", "gaming guild"),
                      "Lumivolt, a battery software startup", "end_not_named"}});
}

TEST(SupportCheck, DropsContradictedRoles) {
  expect_all(
      kText,
      {{investor("Quillstone Capital"), "LED", kSeriesA, "participation from Quillstone Capital",
        "contradicted"},
       {investor("Kestrel Rail"), "INVESTED_IN", kSeriesA,
        "used by customers such as Ostrava Motors and Kestrel Rail", "contradicted"},
       {investor("Lumivolt"), "LED", kSeriesA, "Lumivolt raises $12 million Series A", "no_cue"},
       {investor("Nordhavn"), "INVESTED_IN", kSeriesA, "Petra Lindqvist, founder of Nordhavn",
        "no_cue"},
       {investor("Polyglot"), "INVESTED_IN", kSeriesA, "Samir Okafor (Polyglot)", "no_cue"},
       {person("Maud Ellery"), "FOUNDED", kProject, "Maud Ellery, partner at Harrow Ventures",
        "contradicted"},
       {person("Petra Lindqvist"), "FOUNDED", kProject, "Petra Lindqvist, founder of Nordhavn",
        "contradicted"},
       {make_node("Project", "Harrow Ventures"), "RAISED", kSeriesA,
        "Series A led by [Harrow Ventures]", "contradicted"}});
}

TEST(SupportCheck, DropsOtherRounds) {
  expect_all(
      kText,
      {{kProject, "RAISED", round_of("Lumivolt Series B", "series-b", 12000000),
        "Lumivolt raises $12 million Series A", "other_round"},
       {kProject, "RAISED", round_of("Lumivolt Series A", "series-a", 21000000),
        "Lumivolt raises $12 million Series A", "other_round"},
       {kProject, "RAISED", kSeed, "Lumivolt raises $12 million Series A", "other_round"},
       {investor("Harrow Ventures"), "LED", kSeed, "led by [Harrow Ventures]", "other_round"},
       {investor("Tidewater Angels"), "INVESTED_IN", kSeriesA,
        "$2 million seed round from Tidewater Angels", "other_round"}});
}

TEST(SupportCheck, DropsDenialsAndRumours) {
  expect_all(kText, {{investor("Corvid Partners"), "INVESTED_IN", kSeriesA,
                      "Corvid Partners did not invest", "contradicted"},
                     {investor("Juniper Fund"), "INVESTED_IN", kSeriesA,
                      "Juniper Fund is in talks to join the next round", "hedged"}});
}

TEST(SupportCheck, NamesNodesTheTextHas) {
  const SupportCheck check(kText, "venture");
  EXPECT_FALSE(check.check(kProject));
  EXPECT_FALSE(check.check(kSeed));
  EXPECT_FALSE(check.check(investor("harrow ventures, Inc.")));
  EXPECT_FALSE(check.check(make_node("Narrative", "battery softwares")));
  EXPECT_EQ(check.check(investor("Zephyr Capital"))->code, "label_not_in_text");
  EXPECT_EQ(check.check(round_of("Lumivolt Series C", "series-c", 0))->code, "label_not_in_text");
  EXPECT_EQ(check.check(make_node("Narrative", "quantum poker"))->code, "label_not_in_text");
}

}  // namespace
}  // namespace graphrail::extract::model
