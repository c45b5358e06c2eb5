#include "app/compose_guard.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <utility>

#include "history/sqlite_idempotency_store.h"
#include "identity/identity_error.h"
#include "identity/issuer_keys.h"
#include "identity/key_source.h"
#include "llm/openai_client.h"
#include "net/http_client.h"
#include "quota/policy.h"

namespace graphrail::app {
namespace {

constexpr std::chrono::seconds kKeySetTimeout{5};
constexpr std::int64_t kShortestLeaseSeconds = 300;
constexpr std::int64_t kLongestLeaseSeconds = 3'600;
/// Beside the model: the page, waiting for a place, saving.
constexpr std::int64_t kOtherWorkSeconds = 60;

/// How long a generation can take: the parts of the longest text, one after the other.
std::int64_t longest_generation_seconds(const config::Settings& settings) {
  const std::uint64_t chunks = settings.max_text_chars / settings.max_content_chars + 1;
  const std::uint64_t turns = chunks / settings.model_parallel_chunks + 1;
  const auto seconds = static_cast<std::int64_t>(turns * settings.model_timeout_seconds);
  return std::clamp(seconds + kOtherWorkSeconds, kShortestLeaseSeconds, kLongestLeaseSeconds);
}

/// Texts that setting_checks() has let through.
quota::Allowances make_allowances(const config::Settings& settings) {
  return quota::Allowances(
      {.anonymous = quota::parse_daily_quota(settings.quota_anon).value(),
       .signed_in = quota::parse_daily_quota(settings.quota_auth).value(),
       .tiers = quota::parse_tiers(settings.quota_tiers).value(),
       .budget = quota::parse_budget(settings.quota_budget).value(),
       .charges_all = settings.quota_meter == "all",
       .own_keys_are_free = settings.quota_meter != "all" && settings.own_key_base_url != "off"});
}

std::shared_ptr<quota::BurstLimiter> make_limiter(const quota::BurstPolicy& policy,
                                                  const std::shared_ptr<core::Clock>& clock) {
  if (policy.is_off()) return nullptr;
  return std::make_shared<quota::BurstLimiter>(quota::BurstLimiterOptions{.policy = policy}, clock);
}

boost::asio::awaitable<core::Result<identity::HttpAnswer>> get_key_set(
    std::shared_ptr<net::HttpClient> http, std::shared_ptr<core::Clock> clock, std::string ca_file,
    net::Url url, std::size_t max_body_bytes) {
  net::HttpCall call;
  call.url = std::move(url);
  call.headers = {"Accept: application/json"};
  call.deadline = clock->steady_now() + kKeySetTimeout;
  call.max_body_bytes = max_body_bytes;
  call.ca_file = std::move(ca_file);
  auto asking = http->collect(std::move(call));
  core::Result<net::HttpResponse> response = co_await std::move(asking);
  if (!response) co_return core::fail(std::move(response.error()));
  co_return identity::HttpAnswer{response->head.status, std::move(response->body)};
}

std::shared_ptr<identity::KeySource> make_key_source(const config::Settings& settings,
                                                     const identity::AuthOptions& options,
                                                     const ModelParts& parts) {
  if (const auto* path = std::get_if<std::string>(&options.key_set)) {
    return identity::make_file_key_source(*path, parts.pool);
  }
  auto http = std::make_shared<net::HttpClient>(parts.executor, net::HttpClientOptions{});
  return identity::make_http_key_source(
      std::get<net::Url>(options.key_set),
      [http, clock = parts.clock, ca_file = settings.auth_ca_file](net::Url url,
                                                                   std::size_t max_body_bytes) {
        return get_key_set(http, clock, ca_file, std::move(url), max_body_bytes);
      });
}

/// Null where nobody can sign in.
core::Result<std::shared_ptr<identity::TokenVerifier>> make_verifier(
    const config::Settings& settings, const ModelParts& parts) {
  auto options = identity::read_auth_options(to_auth_settings(settings));
  if (!options) return core::fail(std::move(options.error()));
  if (!*options) return std::shared_ptr<identity::TokenVerifier>();
  auto keys = std::make_shared<identity::IssuerKeys>(make_key_source(settings, **options, parts),
                                                     parts.clock);
  return std::make_shared<identity::TokenVerifier>(
      std::move(keys), parts.clock, identity::TokenVerifierOptions{.rules = (*options)->rules});
}

}  // namespace

identity::AuthSettings to_auth_settings(const config::Settings& settings) {
  return {.clerk_frontend_api = settings.clerk_frontend_api,
          .clerk_authorized_party = settings.clerk_authorized_party,
          .jwks_url = settings.auth_jwks_url,
          .issuer = settings.auth_issuer,
          .audience = settings.auth_audience,
          .plan_claim = settings.auth_plan_claim};
}

core::Result<Guard> compose_guard(const config::Settings& settings, const ModelParts& parts) {
  Guard guard;
  const auto folder = std::filesystem::path(settings.data_dir);
  const std::int64_t lease_seconds = longest_generation_seconds(settings);
  // What was charged, in a file of the data folder that one process has at a time.
  auto ledger = quota::EmbeddedLedger::open(
      {.file = folder / "quota.db", .book = {.lease_seconds = lease_seconds}}, parts.clock);
  if (!ledger) return core::fail(std::move(ledger.error()));
  guard.ledger = std::move(*ledger);
  // Who may use how much of it.
  guard.meter = std::make_shared<quota::Meter>(make_allowances(settings),
                                               quota::MeterParts{.ledger = guard.ledger,
                                                                 .clock = parts.clock,
                                                                 .random = parts.random,
                                                                 .metrics = parts.metrics});
  // Answers for clients that ask again.
  auto answers = history::make_sqlite_idempotency_store(
      {.file = folder / "answers.db", .limits = {.running_seconds = lease_seconds}}, parts.pool,
      parts.clock);
  if (!answers) return core::fail(std::move(answers.error()));
  guard.answers = std::move(*answers);
  // Limits that need no store.
  guard.burst_policy = quota::parse_burst(settings.quota_burst).value();
  guard.burst_limiter = make_limiter(guard.burst_policy, parts.clock);
  // Who is calling.
  auto proxies = identity::TrustedProxies::parse(settings.trusted_proxies);
  if (!proxies) return core::fail(std::move(proxies.error()));
  auto verifier = make_verifier(settings, parts);
  if (!verifier) return core::fail(std::move(verifier.error()));
  guard.identification = {
      .proxies = std::move(*proxies),
      .verifier = std::move(*verifier),
      .refusals = make_limiter(quota::parse_burst(settings.quota_abuse).value(), parts.clock),
      .skips_auth = settings.dev_skip_auth};
  return guard;
}

core::Result<OwnKeyModel> compose_own_key_model(const config::Settings& settings,
                                                const ModelParts& parts,
                                                std::shared_ptr<quota::BurstLimiter> refusals) {
  if (settings.own_key_base_url == "off") return OwnKeyModel{};
  llm::OpenAiOptions options = make_model_options(settings);
  options.base_url = settings.own_key_base_url;
  options.model = settings.own_key_model;
  options.key = nullptr;
  options.key_header = llm::KeyHeader::kAuto;
  options.role = "own_key";
  auto client = llm::make_openai_client(
      parts.executor, std::move(options),
      {.clock = parts.clock, .random = parts.random, .metrics = parts.metrics});
  if (!client) return core::fail(std::move(client.error()));
  auto check = std::make_shared<generate::OwnKeyCheck>(generate::OwnKeyCheckParts{
      .client = *client,
      .memory = std::make_shared<identity::OwnKeyMemory>(parts.clock, *parts.random),
      .refusals = std::move(refusals),
      .clock = parts.clock});
  return OwnKeyModel{compose_model_extractor(settings, parts, std::move(*client)),
                     std::move(check)};
}

}  // namespace graphrail::app
