// FOCUSES_ON: what an investor concentrates on, told from the one deal it made.
#include <gtest/gtest.h>

#include <string>

#include "core/utf8.h"
#include "extract/model/support_check.h"

namespace graphrail::extract::model {
namespace {

struct Row {
  std::string sentence;
  std::string category;
  bool is_kept;
};

class Focus : public testing::TestWithParam<Row> {};

TEST_P(Focus, IsToldFromOneDeal) {
  const Row& row = GetParam();
  const SupportCheck check(row.sentence, "venture");
  graph::Edge edge{.source = "i", .target = "n", .relationship = "FOCUSES_ON"};
  edge.evidence = {{row.sentence, 0, core::count_code_points(row.sentence)}};
  const graph::Node investor{.id = "i", .label = "Harrowgate Ventures", .type = "Investor"};
  const graph::Node narrative{.id = "n", .label = row.category, .type = "Narrative"};
  const auto fault = check.check(edge, investor, narrative);
  EXPECT_EQ(!fault.has_value(), row.is_kept) << (fault ? fault->message : "");
}

INSTANTIATE_TEST_SUITE_P(
    Sentences, Focus,
    testing::Values(
        Row{"Harrowgate Ventures focuses on climate software.", "climate software", true},
        Row{"Harrowgate Ventures is a fintech-focused fund in Oslo.", "fintech", true},
        Row{"Harrowgate Ventures specialises in marine robotics.", "marine robotics", true},
        Row{"Harrowgate Ventures invests in logistics companies.", "logistics", true},
        Row{"Harrowgate Ventures backs founders in deep tech.", "deep tech", true},
        Row{"Harrowgate Ventures are investors in energy storage.", "energy storage", true},
        Row{"Harrowgate Ventures invests in a logistics company.", "logistics company", false},
        Row{"Harrowgate Ventures invests in Danish logistics platform Rutevik.",
            "logistics platform", false},
        Row{"Harrowgate Ventures invested $3 million in logistics startup Rutevik.", "logistics",
            false},
        Row{"Rutevik, a logistics platform, raised $3 million from Harrowgate Ventures.",
            "logistics", false}));

}  // namespace
}  // namespace graphrail::extract::model
