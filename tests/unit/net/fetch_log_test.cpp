#include "net/fetch_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace graphrail::net {
namespace {

TEST(FetchLog, CountsHopsByVerdict) {
  observe::Metrics metrics;
  const auto log = make_fetch_log(metrics);
  HopReceipt receipt;
  receipt.url = "https://a.org/?token=secret";
  receipt.verdict = "address_not_public";
  log->on_hop(receipt);
  log->on_hop(receipt);
  receipt.verdict = "allowed";
  log->on_hop(receipt);
  const std::string text = metrics.serialize();
  EXPECT_THAT(text, testing::HasSubstr("graphrail_fetch_hops_total{verdict=\"allowed\"} 1"));
  EXPECT_THAT(text,
              testing::HasSubstr("graphrail_fetch_hops_total{verdict=\"address_not_public\"} 2"));
  EXPECT_THAT(text, testing::Not(testing::HasSubstr("secret")));
}

}  // namespace
}  // namespace graphrail::net
