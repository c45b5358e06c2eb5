// What an Idempotency-Key becomes before any store sees it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "api/idempotency.h"

namespace graphrail::api {
namespace {

using history::IdempotentRequest;
using testing::MatchesRegex;

Caller make_caller(std::string address, std::string user = "", std::string_view own_key = "") {
  Caller caller;
  caller.quota.address = std::move(address);
  caller.quota.user = std::move(user);
  if (!own_key.empty()) caller.own_key = std::make_shared<const core::Secret>(own_key);
  return caller;
}

class IdempotencyKeyTest : public testing::Test {
 protected:
  IdempotencyKeyTest() {
    request_.path = "/api/generate";
    request_.body = "{}";
  }
  core::Result<std::optional<IdempotentRequest>> read(const std::vector<std::string>& values,
                                                      const Caller& caller) {
    request_.headers.clear();
    for (const std::string& value : values) request_.headers.add("Idempotency-Key", value);
    return read_idempotency_key(request_, caller, *random_);
  }
  IdempotentRequest must_read(const std::string& value, const Caller& caller) {
    return read({value}, caller).value().value();
  }

  http::Request request_;
  std::shared_ptr<core::Random> random_ = core::make_seeded_random(8);
  Caller caller_ = make_caller("203.0.113.7");
};

TEST_F(IdempotencyKeyTest, NoHeaderIsNoKey) {
  const auto none = read({}, caller_);
  ASSERT_TRUE(none.has_value());
  EXPECT_FALSE(none->has_value());
}

TEST_F(IdempotencyKeyTest, AreDigestsOnly) {
  const IdempotentRequest request = must_read("order-17", caller_);
  EXPECT_THAT(request.key, MatchesRegex("[0-9a-f]{64}"));
  EXPECT_THAT(request.payload, MatchesRegex("[0-9a-f]{64}"));
  EXPECT_THAT(request.owner, MatchesRegex("[0-9a-f]{32}"));
}

TEST_F(IdempotencyKeyTest, QuotesAreNotPartOfTheKey) {
  EXPECT_EQ(must_read("order-17", caller_).key, must_read("\"order-17\"", caller_).key);
  EXPECT_NE(must_read("order-17", caller_).key, must_read("Order-17", caller_).key);
}

TEST_F(IdempotencyKeyTest, EveryAttemptIsItsOwn) {
  const IdempotentRequest first = must_read("k", caller_);
  const IdempotentRequest second = must_read("k", caller_);
  EXPECT_EQ(first.key, second.key);
  EXPECT_EQ(first.payload, second.payload);
  EXPECT_NE(first.owner, second.owner);
}

TEST_F(IdempotencyKeyTest, CallersNeverShareAKey) {
  const std::vector<Caller> callers = [] {
    std::vector<Caller> list;
    list.push_back(make_caller("203.0.113.7"));
    list.push_back(make_caller("203.0.113.8"));
    list.push_back(make_caller("203.0.113.7", "anna"));
    list.push_back(make_caller("203.0.113.7", "203.0.113.7"));
    return list;
  }();
  for (std::size_t i = 0; i < callers.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      EXPECT_NE(must_read("k", callers[i]).key, must_read("k", callers[j]).key) << i << " " << j;
    }
  }
  EXPECT_EQ(must_read("k", make_caller("203.0.113.7", "anna")).key,
            must_read("k", make_caller("203.0.113.8", "anna")).key)
      << "a user is the same from anywhere";
}

TEST_F(IdempotencyKeyTest, ThePayloadIsEverythingThatIsAsked) {
  const IdempotentRequest first = must_read("k", caller_);
  const IdempotentRequest paying =
      must_read("k", make_caller("203.0.113.7", "", "sk-idempotency-1"));
  EXPECT_EQ(paying.key, first.key);
  EXPECT_NE(paying.payload, first.payload);
  EXPECT_EQ(must_read("k", make_caller("203.0.113.7", "", "sk-idempotency-2")).payload,
            paying.payload)
      << "a digest of keys would be a trace of them";
  request_.body = "{ }";
  EXPECT_NE(must_read("k", caller_).payload, first.payload);
  request_.body = "{}";
  request_.path = "/api/other";
  EXPECT_NE(must_read("k", caller_).payload, first.payload);
}

TEST_F(IdempotencyKeyTest, WhatIsNoKeyIsRefused) {
  const std::vector<std::vector<std::string>> rows = {
      {""},      {"\"\""},     {"\""},      {"\"a"},
      {"a\""},   {"a\"b"},     {"a b"},     {"a\tb"},
      {"a\x7f"}, {"\xC3\xA9"}, {"a", "b"},  {"a", "a"},
      {" "},     {"\" \""},    {"\"a\";b"}, {std::string(256, 'k')}};
  for (const auto& values : rows) {
    const auto refused = read(values, caller_);
    ASSERT_FALSE(refused.has_value()) << values.front();
    EXPECT_TRUE(refused.error().is(IdempotencyError::kMalformedKey));
    EXPECT_EQ(refused.error().field(), "Idempotency-Key");
  }
  EXPECT_TRUE(read({std::string(255, 'k')}, caller_).has_value());
  EXPECT_TRUE(read({"\"" + std::string(255, 'k') + "\""}, caller_).has_value());
}

}  // namespace
}  // namespace graphrail::api
