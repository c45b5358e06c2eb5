#include "generate/production.h"

#include <gtest/gtest.h>

#include "core/core_error.h"

namespace graphrail::generate {
namespace {

ChargeEnd end_of(std::error_code code, bool has_begun, bool is_dismissed = false) {
  return charge_end_of(core::Error(code, {"text"}), has_begun, is_dismissed);
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

TEST(ChargeEnd, WhoIsLeftByAServerThatStopsPaysNothing) {
  EXPECT_EQ(end_of(GenerateError::kClientGone, false, true), ChargeEnd::kRefund);
  EXPECT_EQ(end_of(GenerateError::kClientGone, true, true), ChargeEnd::kRefund);
}

constexpr GenerateLimits kLimits{
    .reserved_page_bytes = 10'000, .chunk_chars = 4'000, .reserved_chunk_tokens = 5'000};

TEST(ReservedTokens, GrowWithTheTextAndItsParts) {
  EXPECT_EQ(reserved_tokens("", kLimits), 5'000U);
  EXPECT_EQ(reserved_tokens(std::string(3'000, 'a'), kLimits), 6'500U);
  EXPECT_EQ(reserved_tokens(std::string(6'000, 'a'), kLimits), 13'000U);
}

TEST(ReservedTokens, AreFixedForPagesNobodyHasReadYet) {
  EXPECT_EQ(reserved_tokens("https://example.com/a", kLimits), 20'000U);
  EXPECT_EQ(reserved_tokens("https://example.com/" + std::string(500, 'a'), kLimits), 20'000U);
}

}  // namespace
}  // namespace graphrail::generate
