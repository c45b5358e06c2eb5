// USES: identity net core
// Tokens verified per second on one thread: from memory, and with an Ed25519 signature check each;
// beside SHA-256 of a token, the least that any memory of tokens costs. Client addresses per
// second.
#include <benchmark/benchmark.h>
#include <openssl/evp.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>
#include <vector>

#include "core/clock.h"
#include "identity/base64url.h"
#include "identity/client_address.h"
#include "identity/jwt.h"
#include "identity/token_verifier.h"

namespace {

namespace asio = boost::asio;
namespace identity = graphrail::identity;
using graphrail::core::Secret;
using Outcome = graphrail::core::Result<std::shared_ptr<const identity::Claims>>;

constexpr std::size_t kTokens = 1'000;

/// An Ed25519 issuer: its key set and tokens of about 500 bytes.
class Issuer final : public identity::KeySource {
 public:
  Issuer() : key_(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"), EVP_PKEY_free) {}

  asio::awaitable<graphrail::core::Result<std::string>> fetch() override { co_return key_set(); }

  [[nodiscard]] std::string key_set() const {
    std::string raw(32, '\0');
    std::size_t size = raw.size();
    EVP_PKEY_get_raw_public_key(key_.get(), reinterpret_cast<unsigned char*>(raw.data()), &size);
    return R"({"keys":[{"kty":"OKP","crv":"Ed25519","kid":"k","x":")" +
           identity::encode_base64url(raw) + R"("}]})";
  }

  [[nodiscard]] std::string token(std::size_t number, std::int64_t expires_at) const {
    const std::string claims =
        R"({"sub":"user_)" + std::to_string(number) +
        R"(","iss":"https://clerk.example.com","azp":"https://example.com",)" +
        R"("email":"ada@example.com","sid":"sess_2abcdefghijklmnopqrstuv",)" + R"("exp":)" +
        std::to_string(expires_at) + "}";
    const std::string message =
        identity::encode_base64url(R"({"alg":"EdDSA","kid":"k","typ":"JWT"})") + "." +
        identity::encode_base64url(claims);
    const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(),
                                                                          EVP_MD_CTX_free);
    std::string signature(64, '\0');
    std::size_t size = signature.size();
    EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key_.get());
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size,
                   reinterpret_cast<const unsigned char*>(message.data()), message.size());
    return message + "." + identity::encode_base64url(signature);
  }

 private:
  std::shared_ptr<EVP_PKEY> key_;
};

asio::awaitable<void> verify_all(identity::TokenVerifier* verifier,
                                 const std::vector<std::string>* tokens, std::size_t* good) {
  for (const std::string& token : *tokens) {
    auto verifying = verifier->verify(Secret(std::string_view(token)));
    const Outcome outcome = co_await std::move(verifying);
    if (outcome) ++*good;
  }
}

/// `remembered` tokens fit the memory: all of them, or none.
void verify(benchmark::State& state, std::size_t remembered) {
  auto clock = std::make_shared<graphrail::core::SystemClock>();
  auto issuer = std::make_shared<Issuer>();
  identity::TokenVerifier verifier(std::make_shared<identity::IssuerKeys>(issuer, clock), clock,
                                   {.max_remembered = remembered});
  std::vector<std::string> tokens;
  for (std::size_t i = 0; i < kTokens; ++i) {
    tokens.push_back(issuer->token(i, clock->unix_seconds() + 3'600));
  }
  asio::io_context context;
  std::size_t good = 0;
  for (auto _ : state) {
    asio::co_spawn(context, verify_all(&verifier, &tokens, &good), asio::detached);
    context.run();
    context.restart();
  }
  if (good != state.iterations() * kTokens) state.SkipWithError("a token was refused");
  state.SetItemsProcessed(static_cast<std::int64_t>(good));
}

void verify_remembered(benchmark::State& state) { verify(state, kTokens); }
BENCHMARK(verify_remembered);
void verify_ed25519(benchmark::State& state) { verify(state, 0); }
BENCHMARK(verify_ed25519);

void sha256_baseline(benchmark::State& state) {
  const std::string token = Issuer().token(1, 1'800'000'000);
  unsigned char digest[32];
  const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> algorithm(
      EVP_MD_fetch(nullptr, "SHA256", nullptr), EVP_MD_free);
  for (auto _ : state) {
    EVP_Digest(token.data(), token.size(), digest, nullptr, algorithm.get(), nullptr);
    benchmark::DoNotOptimize(digest);
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(sha256_baseline);

void client_address(benchmark::State& state) {
  const auto proxies = identity::TrustedProxies::parse("127.0.0.1, 10.0.0.0/8, fd00::/8");
  const auto peer = asio::ip::make_address("10.0.0.1");
  const std::vector<std::string_view> lines{"1.1.1.1, 203.0.113.7, 10.0.0.2"};
  for (auto _ : state) {
    const auto client = identity::client_address(peer, {.x_forwarded_for = lines}, *proxies);
    benchmark::DoNotOptimize(identity::quota_key(client));
  }
  state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()));
}
BENCHMARK(client_address);

}  // namespace
