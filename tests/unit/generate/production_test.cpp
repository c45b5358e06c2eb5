#include "generate/production.h"

#include <gtest/gtest.h>

#include "core/core_error.h"

namespace graphrail::generate {
namespace {

ChargeEnd end_of(std::error_code code, bool has_begun) {
  return charge_end_of(core::Error(code, {"text"}), has_begun);
}

TEST(ChargeEnd, ModelsThatFailAreNotPaidFor) {
  for (const bool has_begun : {false, true}) {
    EXPECT_EQ(end_of(GenerateError::kModelUnavailable, has_begun), ChargeEnd::kRefund);
    EXPECT_EQ(end_of(core::CoreError::kBusy, has_begun), ChargeEnd::kRefund);
    EXPECT_EQ(end_of(GenerateError::kScrapeFailed, has_begun), ChargeEnd::kRefund);
  }
}

TEST(ChargeEnd, DeclinedTextsAreForgiven) {
  EXPECT_EQ(end_of(GenerateError::kModelDeclined, false), ChargeEnd::kForgive);
  EXPECT_EQ(end_of(GenerateError::kModelDeclined, true), ChargeEnd::kForgive);
}

TEST(ChargeEnd, WhoLeavesPaysForWhatHadBegun) {
  EXPECT_EQ(end_of(GenerateError::kClientGone, false), ChargeEnd::kForgive);
  EXPECT_EQ(end_of(GenerateError::kClientGone, true), ChargeEnd::kSettle);
}

TEST(ReservedTokens, GrowWithTheText) {
  const GenerateLimits limits{.reserved_page_tokens = 10'000, .reserved_answer_tokens = 4'000};
  EXPECT_EQ(reserved_tokens("", limits), 4'000U);
  EXPECT_EQ(reserved_tokens(std::string(3'000, 'a'), limits), 5'000U);
  EXPECT_EQ(reserved_tokens(std::string(6'000, 'a'), limits), 6'000U);
}

TEST(ReservedTokens, AreFixedForPagesNobodyHasReadYet) {
  const GenerateLimits limits{.reserved_page_tokens = 10'000, .reserved_answer_tokens = 4'000};
  EXPECT_EQ(reserved_tokens("https://example.com/a", limits), 14'000U);
  EXPECT_EQ(reserved_tokens("https://example.com/" + std::string(500, 'a'), limits), 14'000U);
}

}  // namespace
}  // namespace graphrail::generate
