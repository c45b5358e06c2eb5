// The verifier with an issuer that rotates its keys, is slow, is down or answers nonsense.
#include "identity/token_verifier.h"

#include <gtest/gtest.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "identity/identity_error.h"
#include "identity/key_source.h"
#include "support/await.h"
#include "support/identity/token_maker.h"
#include "support/temporary_folder.h"

namespace graphrail::identity {
namespace {

namespace asio = boost::asio;
using std::chrono::seconds;
using test::SigningKey;
using Outcome = core::Result<std::shared_ptr<const Claims>>;

const SigningKey& first_key() {
  static const SigningKey key = SigningKey::ed25519();
  return key;
}
const SigningKey& second_key() {
  static const SigningKey key = SigningKey::ec();
  return key;
}

/// Answers what the test sets, when the gate is open.
class FakeIssuer final : public KeySource {
 public:
  asio::awaitable<core::Result<std::string>> fetch() override {
    ++fetches;
    if (gate != nullptr) {
      boost::system::error_code ignored;
      auto token = asio::redirect_error(asio::use_awaitable, ignored);
      co_await gate->async_wait(token);
    }
    if (throws) throw std::runtime_error("operation aborted");
    if (is_down) co_return fail_identity(IdentityError::kKeysUnavailable, "connection refused");
    co_return text;
  }

  std::string text;
  bool is_down = false;
  bool throws = false;
  int fetches = 0;
  asio::steady_timer* gate = nullptr;
};

struct TokenVerifierTest : testing::Test {
  TokenVerifierTest() { issuer->text = test::key_set({first_key().jwk("a")}); }

  [[nodiscard]] std::string token(const SigningKey& key, std::string_view id,
                                  std::int64_t lives_for = 100'000) const {
    return test::make_token(key, id, {{"sub", "user"}, {"exp", clock->unix_seconds() + lives_for}});
  }
  Outcome verify(const std::string& text) {
    return test::await(verifier->verify(core::Secret(std::string_view(text))));
  }
  /// "ok", "503 after N", or "401".
  std::string outcome(const std::string& text) {
    const Outcome result = verify(text);
    if (result) return "ok";
    if (!result.error().is(IdentityError::kKeysUnavailable)) return "401";
    return "503 after " + std::to_string(result.error().retry_after_seconds());
  }
  void rotate_to_second_key() { issuer->text = test::key_set({second_key().jwk("b")}); }

  std::shared_ptr<core::ManualClock> clock = std::make_shared<core::ManualClock>();
  std::shared_ptr<FakeIssuer> issuer = std::make_shared<FakeIssuer>();
  std::shared_ptr<IssuerKeys> keys = std::make_shared<IssuerKeys>(issuer, clock);
  std::unique_ptr<TokenVerifier> verifier =
      std::make_unique<TokenVerifier>(keys, clock, TokenVerifierOptions());
};

TEST_F(TokenVerifierTest, FetchesTheKeysOnceForManyTokens) {
  for (int i = 0; i < 50; ++i) {
    const Outcome result = verify(token(first_key(), "a", 1'000 + i));
    ASSERT_TRUE(result);
    EXPECT_EQ((*result)->subject, "user");
  }
  EXPECT_EQ(issuer->fetches, 1);
}

TEST_F(TokenVerifierTest, ARememberedTokenIsTheSameAnswer) {
  const std::string text = token(first_key(), "a");
  const Outcome first = verify(text);
  const Outcome second = verify(text);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(*first, *second);
}

TEST_F(TokenVerifierTest, ARememberedTokenStillExpires) {
  const std::string text = token(first_key(), "a", 60);
  EXPECT_EQ(outcome(text), "ok");
  clock->advance(seconds(69));
  EXPECT_EQ(outcome(text), "ok");
  clock->advance(seconds(1));
  EXPECT_EQ(outcome(text), "401");
}

TEST_F(TokenVerifierTest, JunkCostsTheIssuerNothing) {
  EXPECT_EQ(outcome("junk"), "401");
  EXPECT_EQ(outcome(test::signed_part(R"({"alg":"none"})", "{}") + "."), "401");
  EXPECT_EQ(issuer->fetches, 0);
}

TEST_F(TokenVerifierTest, AnUnknownKeyIsAskedForAtMostOncePerInterval) {
  EXPECT_EQ(outcome(token(first_key(), "a")), "ok");
  rotate_to_second_key();
  const std::string rotated = token(second_key(), "b");
  EXPECT_EQ(outcome(rotated), "401");
  EXPECT_EQ(issuer->fetches, 1);
  clock->advance(seconds(30));
  EXPECT_EQ(outcome(rotated), "ok");
  for (int i = 0; i < 100; ++i) {
    EXPECT_EQ(outcome(token(first_key(), "junk" + std::to_string(i))), "401");
  }
  EXPECT_EQ(issuer->fetches, 2);
}

TEST_F(TokenVerifierTest, AWithdrawnKeyForgetsItsTokens) {
  const std::string old = token(first_key(), "a");
  EXPECT_EQ(outcome(old), "ok");
  rotate_to_second_key();
  clock->advance(seconds(31));
  EXPECT_EQ(outcome(old), "ok");
  EXPECT_EQ(outcome(token(second_key(), "b")), "ok");
  EXPECT_EQ(outcome(old), "401");
}

TEST_F(TokenVerifierTest, RenewsInTheBackgroundWithoutForgettingTokens) {
  const std::string text = token(first_key(), "a");
  const Outcome first = verify(text);
  clock->advance(seconds(601));
  asio::io_context context;
  asio::steady_timer gate(context, asio::steady_timer::time_point::max());
  issuer->gate = &gate;
  Outcome during = core::fail(IdentityError::kBadClaim, {});
  asio::co_spawn(context, verifier->verify(core::Secret(std::string_view(text))),
                 [&](std::exception_ptr, Outcome result) { during = std::move(result); });
  context.poll();
  EXPECT_TRUE(during) << "the caller does not wait for the renewal";
  EXPECT_EQ(issuer->fetches, 2);
  gate.cancel();
  context.run();
  issuer->gate = nullptr;
  const Outcome after = verify(text);
  ASSERT_TRUE(after);
  EXPECT_EQ(*after, *during) << "the same keys again forget nothing";
  EXPECT_EQ(issuer->fetches, 2);
}

TEST_F(TokenVerifierTest, AfterAQuietNightTheKeysAreRenewedFirst) {
  const std::string old = token(first_key(), "a");
  EXPECT_EQ(outcome(old), "ok");
  rotate_to_second_key();
  clock->advance(seconds(3'601));
  EXPECT_EQ(outcome(old), "401");
}

TEST_F(TokenVerifierTest, KeysAreKeptForADayWhileTheIssuerIsDown) {
  EXPECT_EQ(outcome(token(first_key(), "a")), "ok");
  issuer->is_down = true;
  clock->advance(seconds(86'400));
  EXPECT_EQ(outcome(token(first_key(), "a")), "ok");
  EXPECT_EQ(outcome(token(second_key(), "b")), "503 after 5") << "the key may exist";
  clock->advance(seconds(1));
  EXPECT_EQ(outcome(token(first_key(), "a")), "503 after 4");
  clock->advance(seconds(4));
  EXPECT_EQ(outcome(token(first_key(), "a")), "503 after 5");
  issuer->is_down = false;
  clock->advance(seconds(5));
  EXPECT_EQ(outcome(token(first_key(), "a")), "ok");
}

TEST_F(TokenVerifierTest, NobodyWaitsForAnIssuerThatFailedOnce) {
  EXPECT_EQ(outcome(token(first_key(), "a")), "ok");
  issuer->is_down = true;
  clock->advance(seconds(7'200));
  EXPECT_EQ(outcome(token(first_key(), "a")), "ok");
  clock->advance(seconds(5));
  asio::io_context context;
  asio::steady_timer gate(context, asio::steady_timer::time_point::max());
  issuer->gate = &gate;
  bool is_good = false;
  const std::string text = token(first_key(), "a");
  asio::co_spawn(context, verifier->verify(core::Secret(std::string_view(text))),
                 [&](std::exception_ptr, const Outcome& result) { is_good = result.has_value(); });
  context.poll();
  EXPECT_TRUE(is_good) << "though a fetch hangs";
  EXPECT_EQ(issuer->fetches, 3);
  gate.cancel();
  context.run();
}

TEST_F(TokenVerifierTest, AFetchThatThrowsIsAFailure) {
  issuer->throws = true;
  EXPECT_EQ(outcome(token(first_key(), "a")), "503 after 5");
  issuer->throws = false;
  clock->advance(seconds(5));
  EXPECT_EQ(outcome(token(first_key(), "a")), "ok");
}

TEST_F(TokenVerifierTest, AnIssuerThatWasNeverReachedIs503AndAskedAgainSoon) {
  issuer->is_down = true;
  EXPECT_EQ(outcome(token(first_key(), "a")), "503 after 5");
  EXPECT_EQ(outcome(token(first_key(), "a")), "503 after 5");
  EXPECT_EQ(issuer->fetches, 1);
  issuer->is_down = false;
  clock->advance(seconds(5));
  EXPECT_EQ(outcome(token(first_key(), "a")), "ok");
  EXPECT_EQ(issuer->fetches, 2);
}

TEST_F(TokenVerifierTest, AnAnswerThatIsNoKeySetChangesNothing) {
  EXPECT_EQ(outcome(token(first_key(), "a")), "ok");
  issuer->text = "<html>maintenance</html>";
  clock->advance(seconds(4'000));
  const Outcome known = verify(token(first_key(), "a"));
  EXPECT_TRUE(known);
  const Outcome unknown = verify(token(second_key(), "b"));
  ASSERT_FALSE(unknown);
  EXPECT_TRUE(unknown.error().is(IdentityError::kKeysUnavailable));
  EXPECT_NE(unknown.error().private_cause().find("key set"), std::string::npos);
}

TEST_F(TokenVerifierTest, CallersWhoComeTogetherShareOneFetch) {
  asio::io_context context;
  asio::steady_timer gate(context, asio::steady_timer::time_point::max());
  issuer->gate = &gate;
  int good = 0;
  for (int i = 0; i < 100; ++i) {
    const std::string text = token(first_key(), "a", 1'000 + i);
    asio::co_spawn(context, verifier->verify(core::Secret(std::string_view(text))),
                   [&](std::exception_ptr, const Outcome& result) { good += result ? 1 : 0; });
  }
  context.poll();
  EXPECT_EQ(good, 0);
  gate.cancel();
  context.run();
  EXPECT_EQ(good, 100);
  EXPECT_EQ(issuer->fetches, 1);
}

TEST_F(TokenVerifierTest, RemembersABoundedNumberOfTokens) {
  TokenVerifier small(keys, clock, {.max_remembered = 1});
  const std::string text = token(first_key(), "a");
  const Outcome first = test::await(small.verify(core::Secret(std::string_view(text))));
  const std::string other = token(first_key(), "a", 7);
  (void)test::await(small.verify(core::Secret(std::string_view(other))));
  const Outcome again = test::await(small.verify(core::Secret(std::string_view(text))));
  ASSERT_TRUE(first && again);
  EXPECT_NE(*first, *again) << "checked anew";
  EXPECT_EQ(**first, **again);
}

asio::awaitable<core::Result<HttpAnswer>> answer(HttpAnswer what) { co_return what; }
asio::awaitable<core::Result<HttpAnswer>> refuse() {
  co_return core::fail(std::make_error_code(std::errc::connection_refused), {"no"}, {"why"});
}

TEST(KeySource, OverHttpTakesOnly200WithinTheLimit) {
  const auto fetch = [](HttpAnswer what) {
    const HttpGet get = [what](const net::Url& url, std::size_t limit) {
      EXPECT_EQ(url, *net::parse_url("https://issuer.example/jwks"));
      EXPECT_EQ(limit, kMaxKeySetBytes);
      return answer(what);
    };
    return test::await(
        make_http_key_source(*net::parse_url("https://issuer.example/jwks"), get)->fetch());
  };
  EXPECT_EQ(fetch({200, "text"}).value(), "text");
  for (const HttpAnswer& bad : {HttpAnswer{404, "text"}, HttpAnswer{302, ""}, HttpAnswer{500, ""},
                                HttpAnswer{200, std::string(kMaxKeySetBytes + 1, ' ')}}) {
    EXPECT_TRUE(fetch(bad).error().is(IdentityError::kKeysUnavailable)) << bad.status;
  }
  const HttpGet get = [](const net::Url&, std::size_t) { return refuse(); };
  const auto failed =
      test::await(make_http_key_source(*net::parse_url("https://x.example"), get)->fetch());
  ASSERT_FALSE(failed);
  EXPECT_TRUE(failed.error().is(IdentityError::kKeysUnavailable));
  EXPECT_NE(failed.error().private_cause().find("why"), std::string::npos);
}

TEST(KeySource, OverAFileReadsItEachTime) {
  const test::TemporaryFolder folder;
  const std::string path = (folder.path() / "keys.json").string();
  auto pool = std::make_shared<core::WorkPool>(1, 4);
  const auto source = make_file_key_source(path, pool);
  EXPECT_TRUE(test::await(source->fetch()).error().is(IdentityError::kKeysUnavailable));
  std::ofstream(path) << "one";
  EXPECT_EQ(test::await(source->fetch()).value(), "one");
  std::ofstream(path) << "two";
  EXPECT_EQ(test::await(source->fetch()).value(), "two");
  std::ofstream(path) << std::string(kMaxKeySetBytes + 1, ' ');
  EXPECT_FALSE(test::await(source->fetch()));
}

}  // namespace
}  // namespace graphrail::identity
