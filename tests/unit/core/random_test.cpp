#include "core/random.h"

#include <gtest/gtest.h>

#include <array>
#include <set>
#include <thread>
#include <vector>

namespace graphrail::core {
namespace {

TEST(Random, TheSeedDecidesTheSequence) {
  const auto first = make_seeded_random(7);
  const auto second = make_seeded_random(7);
  const auto other = make_seeded_random(8);
  const std::string hex = random_hex(*first, 16);
  EXPECT_EQ(hex, random_hex(*second, 16));
  EXPECT_NE(hex, random_hex(*other, 16));
  EXPECT_NE(hex, random_hex(*first, 16));
}

TEST(Random, HexHasTwoLowercaseDigitsAByte) {
  const auto random = make_seeded_random(1);
  EXPECT_EQ(random_hex(*random, 0), "");
  const std::string hex = random_hex(*random, 500);
  EXPECT_EQ(hex.size(), 1000U);
  EXPECT_EQ(hex.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_EQ(std::set<char>(hex.begin(), hex.end()).size(), 16U);
}

TEST(Random, TheSystemsBytesDoNotRepeat) {
  const auto random = make_system_random();
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) seen.insert(random_hex(*random, 16));
  EXPECT_EQ(seen.size(), 1000U);
}

TEST(Random, EveryBitIsSetAboutHalfTheTime) {
  const auto random = make_system_random();
  std::vector<std::uint8_t> bytes(40'000);
  random->fill(bytes);
  for (unsigned bit = 0; bit < 8; ++bit) {
    const auto set = std::ranges::count_if(bytes, [bit](auto byte) { return (byte >> bit) & 1U; });
    // Ten standard deviations (100 each) around the mean of 20,000.
    EXPECT_NEAR(static_cast<double>(set), 20'000.0, 1'000.0) << bit;
  }
}

TEST(Random, ThreadsShareOneSequence) {
  const auto random = make_seeded_random(3);
  std::array<std::string, 4> drawn;
  {
    std::vector<std::jthread> threads;
    for (std::string& out : drawn) {
      threads.emplace_back([&out, &random] { out = random_hex(*random, 64); });
    }
  }
  EXPECT_EQ(std::set<std::string>(drawn.begin(), drawn.end()).size(), drawn.size());
}

}  // namespace
}  // namespace graphrail::core
