// The shape of own keys, and what is remembered of them.
#include "identity/own_key.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "identity/identity_error.h"

namespace graphrail::identity {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct OwnKeyMemoryTest : testing::Test {
  std::shared_ptr<core::ManualClock> clock = std::make_shared<core::ManualClock>();
  std::shared_ptr<core::Random> random = core::make_seeded_random(1);
  core::Secret key{std::string_view("sk-test-0123456789")};
  core::Secret other{std::string_view("sk-test-0123456780")};
};

TEST(OwnKey, IsReadOrRefusedNeverIgnored) {
  const auto read = [](std::vector<std::string_view> values) { return read_own_key(values); };
  EXPECT_EQ(*read({}), nullptr);
  EXPECT_EQ((*read({"sk-12345"}))->reveal(), "sk-12345");
  EXPECT_EQ((*read({" \tsk-12345 "}))->reveal(), "sk-12345");
  const std::string longest(kMaxOwnKeyBytes, 'k');
  EXPECT_EQ((*read({longest}))->reveal(), longest);
  const std::string too_long = longest + "k";
  const std::string_view with_nul("sk-123\0 45", 10);
  const std::vector<std::string_view> bad = {
      "",           " ",          "sk-1234",       "sk-12 345",
      "sk-123\t45", "sk-123\n45", "sk-1234\u00e9", "sk-1234\x7f",
      too_long,     with_nul};
  for (const std::string_view value : bad) {
    const auto refused = read({value});
    ASSERT_FALSE(refused) << value;
    EXPECT_TRUE(refused.error().is(IdentityError::kMalformedOwnKey));
    const std::string texts = refused.error().public_text() + refused.error().private_cause();
    EXPECT_EQ(texts.find("sk-"), std::string::npos);
  }
  EXPECT_FALSE(read({"sk-12345", "sk-12345"}));
}

TEST_F(OwnKeyMemoryTest, RemembersVerdictsForTheirTime) {
  OwnKeyMemory memory(clock, *random, {.accepted_for = seconds(600), .refused_for = seconds(60)});
  EXPECT_EQ(memory.recall(key), std::nullopt);
  memory.remember(key, OwnKeyVerdict::kAccepted);
  memory.remember(other, OwnKeyVerdict::kRefused);
  EXPECT_EQ(memory.recall(key), OwnKeyVerdict::kAccepted);
  EXPECT_EQ(memory.recall(other), OwnKeyVerdict::kRefused);
  clock->advance(milliseconds(59'999));
  EXPECT_EQ(memory.recall(other), OwnKeyVerdict::kRefused);
  clock->advance(milliseconds(1));
  EXPECT_EQ(memory.recall(other), std::nullopt);
  EXPECT_EQ(memory.recall(key), OwnKeyVerdict::kAccepted);
  clock->advance(seconds(540));
  EXPECT_EQ(memory.recall(key), std::nullopt);
}

TEST_F(OwnKeyMemoryTest, TheLastVerdictCounts) {
  OwnKeyMemory memory(clock, *random);
  memory.remember(key, OwnKeyVerdict::kAccepted);
  memory.remember(key, OwnKeyVerdict::kRefused);
  EXPECT_EQ(memory.recall(key), OwnKeyVerdict::kRefused);
  memory.remember(key, OwnKeyVerdict::kAccepted);
  EXPECT_EQ(memory.recall(key), OwnKeyVerdict::kAccepted);
}

TEST_F(OwnKeyMemoryTest, JunkKeysDoNotPushOutGoodOnes) {
  OwnKeyMemory memory(clock, *random, {.max_entries = 2});
  memory.remember(key, OwnKeyVerdict::kAccepted);
  memory.remember(other, OwnKeyVerdict::kRefused);
  for (int i = 0; i < 100; ++i) {
    memory.remember(core::Secret("junk-key-" + std::to_string(i)), OwnKeyVerdict::kRefused);
  }
  EXPECT_EQ(memory.recall(key), OwnKeyVerdict::kAccepted);
  EXPECT_EQ(memory.recall(other), std::nullopt);
}

TEST(ExpiringMap, ForgetsTheLeastRecentlyUsed) {
  ExpiringMap<int> map(2);
  map.put({1}, 1, 100);
  map.put({2}, 2, 100);
  EXPECT_EQ(map.find({1}, 0), 1);
  map.put({3}, 3, 100);
  EXPECT_EQ(map.find({2}, 0), std::nullopt);
  EXPECT_EQ(map.find({1}, 0), 1);
  EXPECT_EQ(map.size(), 2U);
  EXPECT_EQ(map.find({1}, 100), std::nullopt);
  EXPECT_EQ(map.size(), 1U);
  map.put({3}, 33, 200);
  EXPECT_EQ(map.find({3}, 150), 33);
  map.clear();
  EXPECT_EQ(map.size(), 0U);
}

}  // namespace
}  // namespace graphrail::identity
