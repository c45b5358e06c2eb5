// Idempotency-Key: the same answer again, uncharged, and nothing else again.
#include "api/guard_world.h"
#include "llm/call_error.h"

namespace graphrail::test {
namespace {

using IdempotencyApi = GuardTest;

Headers with_key(Headers headers, const std::string& key = "order-17") {
  headers.emplace_back("Idempotency-Key", key);
  return headers;
}
const Headers kLive{{"Accept", "text/event-stream"}};
const std::string kOtherBody = R"({"input":")" + kAnnouncement + R"( Really.","schema":"venture"})";

std::string done_of(std::string_view events) {
  const std::size_t at = events.find("event: done\ndata: ");
  if (at == std::string_view::npos) return {};
  events.remove_prefix(at + 18);
  return std::string(events.substr(0, events.find('\n')));
}

TEST_F(IdempotencyApi, TheSameRequestGetsTheSameAnswerForNothing) {
  const HttpReply first = generate(with_key({}));
  ASSERT_EQ(first.status, 200);
  EXPECT_FALSE(first.has("Idempotency-Replayed"));
  for (const char* key : {"order-17", "\"order-17\""}) {
    const HttpReply again = generate(with_key({}, key));
    EXPECT_EQ(again.status, 200) << key;
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(again.header("Content-Type"), "application/json");
    EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
    EXPECT_NE(again.header("X-Request-Id"), first.header("X-Request-Id"));
  }
  EXPECT_EQ(used(), 1);
  EXPECT_EQ(model_->calls, 1);
  EXPECT_EQ(generate().status, 429) << "without the key it is a new request";
}

TEST_F(IdempotencyApi, AnAnswerIsGivenAgainInTheFormThatIsAskedFor) {
  const HttpReply whole = generate(with_key(user("anna")));
  ASSERT_EQ(whole.status, 200);
  Headers live = with_key(user("anna"));
  live.insert(live.end(), kLive.begin(), kLive.end());
  const HttpReply again = generate(live);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(again.header("Content-Type"), "text/event-stream");
  EXPECT_EQ(again.header("Idempotency-Replayed"), "true");
  EXPECT_EQ(done_of(again.body), whole.body);

  Headers first_live = with_key(user("anna"), "order-18");
  first_live.insert(first_live.end(), kLive.begin(), kLive.end());
  const HttpReply events = generate(first_live);
  ASSERT_EQ(events.status, 200);
  EXPECT_EQ(generate(with_key(user("anna"), "order-18")).body, done_of(events.body));
  EXPECT_EQ(used(user("anna")), 2);
}

TEST_F(IdempotencyApi, AKeyStandsForOneRequest) {
  ASSERT_EQ(generate(with_key(user("anna"))).status, 200);
  const HttpReply other = generate(with_key(user("anna")), kOtherBody);
  EXPECT_EQ(other.status, 422);
  EXPECT_EQ(boost::json::parse(other.body).at("error"), "idempotency_mismatch");
  Headers paying = with_key(user("anna"));
  paying.emplace_back("X-OpenAI-Key", "sk-guard-test-1");
  EXPECT_EQ(generate(paying).status, 422) << "who pays is part of the request";
  EXPECT_EQ(used(user("anna")), 1);
  EXPECT_EQ(generate(with_key(user("anna"))).status, 200);
}

TEST_F(IdempotencyApi, AKeyIsItsCallersOwn) {
  const HttpReply annas = generate(with_key(user("anna")));
  const HttpReply berts = generate(with_key(user("bert")), kOtherBody);
  const HttpReply nobodys = generate(with_key({}));
  for (const HttpReply* reply : {&annas, &berts, &nobodys}) {
    EXPECT_EQ(reply->status, 200);
    EXPECT_FALSE(reply->has("Idempotency-Replayed"));
  }
  EXPECT_NE(annas.body, nobodys.body);
  EXPECT_EQ(used(user("anna")), 1);
  EXPECT_EQ(used(user("bert")), 1);
  EXPECT_EQ(used(), 1);
}

TEST_F(IdempotencyApi, WhileTheFirstRunsTheSecondWaitsOutside) {
  auto gated = std::make_shared<GatedExtractor>();
  options_.model = gated;
  const std::string lines = "Content-Type: application/json\r\nIdempotency-Key: order-17\r\n";
  RawClient first(server().port());
  first.send(make_post("/api/generate", kAnnouncementBody, lines));
  ASSERT_TRUE(comes_true([&] { return gated->started == 1; }));

  const HttpReply second = generate(with_key({}));
  EXPECT_EQ(second.status, 409);
  EXPECT_TRUE(second.has("Retry-After"));
  EXPECT_EQ(boost::json::parse(second.body).at("error"), "idempotency_conflict");
  EXPECT_EQ(generate(with_key({}), kOtherBody).status, 422);
  EXPECT_EQ(used(), 1);

  gated->is_open = true;
  const auto answer = first.read_response();
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->status, 200);
  EXPECT_EQ(generate(with_key({})).body, answer->body);
  EXPECT_EQ(gated->started, 1);
}

TEST_F(IdempotencyApi, AFailedAttemptMayBeTriedAgain) {
  model_->fail_with(llm::make_call_error({.error = llm::LlmError::kUnavailable}));
  EXPECT_EQ(generate(with_key({})).status, 503);
  Headers live = with_key({});
  live.insert(live.end(), kLive.begin(), kLive.end());
  EXPECT_NE(generate(live).body.find("event: error"), std::string::npos);
  model_->fail_with(std::nullopt);
  EXPECT_EQ(generate(with_key({})).status, 200);
  EXPECT_EQ(used(), 1);
}

TEST_F(IdempotencyApi, ADefectDoesNotHoldTheKey) {
  options_.model = std::make_shared<ThrowingExtractor>();
  EXPECT_EQ(generate(with_key({})).status, 500);
  EXPECT_EQ(generate(with_key({})).status, 500) << "not 409 for a quarter of an hour";
}

TEST_F(IdempotencyApi, ADeniedAttemptMayBeTriedAgainTomorrow) {
  ASSERT_EQ(generate().status, 200);
  EXPECT_EQ(generate(with_key({})).status, 429);
  clock_->advance(std::chrono::seconds(kToReset));
  EXPECT_EQ(generate(with_key({})).status, 200);
}

TEST_F(IdempotencyApi, WhoLeavesMayComeBackWithTheKey) {
  auto gated = std::make_shared<GatedExtractor>();
  gated->shows_node = false;
  options_.model = gated;
  RawClient client(server().port());
  client.send(make_post("/api/generate", kAnnouncementBody,
                        "Content-Type: application/json\r\nIdempotency-Key: order-17\r\n"));
  ASSERT_TRUE(comes_true([&] { return gated->started == 1; }));
  client.close();
  ASSERT_TRUE(gated->wait_for_end());
  gated->is_open = true;
  ASSERT_TRUE(comes_true([&] { return generate(with_key({})).status == 200; }));
  EXPECT_EQ(used(), 1);
}

TEST_F(IdempotencyApi, AnswersAreKeptForADay) {
  const HttpReply first = generate(with_key({}));
  clock_->advance(std::chrono::seconds(kDay - 1));
  EXPECT_EQ(generate(with_key({})).body, first.body);
  clock_->advance(std::chrono::seconds(1));
  const HttpReply later = generate(with_key({}));
  EXPECT_EQ(later.status, 200);
  EXPECT_FALSE(later.has("Idempotency-Replayed"));
  EXPECT_NE(later.body, first.body);
}

struct MalformedIdempotencyKey {
  const char* name;
  Headers headers;
};

class MalformedIdempotencyKeys : public GuardTest,
                                 public testing::WithParamInterface<MalformedIdempotencyKey> {};

TEST_P(MalformedIdempotencyKeys, AreRefusedBeforeAnythingIsCharged) {
  const HttpReply reply = generate(GetParam().headers);
  EXPECT_EQ(reply.status, 400);
  const boost::json::value problem = boost::json::parse(reply.body);
  EXPECT_EQ(problem.at("error"), "invalid_request");
  EXPECT_EQ(problem.at("field"), "Idempotency-Key");
  EXPECT_EQ(used(), 0);
  EXPECT_EQ(model_->calls, 0);
}

INSTANTIATE_TEST_SUITE_P(
    Each, MalformedIdempotencyKeys,
    testing::Values(MalformedIdempotencyKey{"Empty", {{"Idempotency-Key", ""}}},
                    MalformedIdempotencyKey{"OnlyQuotes", {{"Idempotency-Key", R"("")"}}},
                    MalformedIdempotencyKey{"OneQuote", {{"Idempotency-Key", R"("abc)"}}},
                    MalformedIdempotencyKey{"Space", {{"Idempotency-Key", "a b"}}},
                    MalformedIdempotencyKey{"Long", {{"Idempotency-Key", std::string(256, 'k')}}},
                    MalformedIdempotencyKey{"Letter", {{"Idempotency-Key", "kl\xC3\xB6"}}},
                    MalformedIdempotencyKey{"Two",
                                            {{"Idempotency-Key", "a"}, {"Idempotency-Key", "a"}}}),
    [](const auto& info) { return std::string(info.param.name); });

TEST_F(IdempotencyApi, MeansNothingElsewhere) {
  EXPECT_EQ(server().get("/api/usage", with_key({}, "a b")).status, 200);
}

}  // namespace
}  // namespace graphrail::test
