#include "app/setting_checks.h"

#include <algorithm>
#include <array>
#include <boost/asio/ip/address.hpp>
#include <string>
#include <utility>

#include "app/compose_guard.h"
#include "identity/trusted_proxies.h"
#include "net/address_class.h"
#include "net/url.h"
#include "quota/policy.h"

namespace graphrail::app {
namespace {

template <class T>
std::optional<std::string> fault_of(const quota::Parsed<T>& parsed) {
  if (parsed) return std::nullopt;
  return parsed.error();
}

std::optional<std::string> check_daily(std::string_view text) {
  return fault_of(quota::parse_daily_quota(text));
}
std::optional<std::string> check_burst(std::string_view text) {
  return fault_of(quota::parse_burst(text));
}
std::optional<std::string> check_budget(std::string_view text) {
  return fault_of(quota::parse_budget(text));
}
std::optional<std::string> check_tiers(std::string_view text) {
  return fault_of(quota::parse_tiers(text));
}
std::optional<std::string> check_proxies(std::string_view text) {
  const auto parsed = identity::TrustedProxies::parse(text);
  if (parsed) return std::nullopt;
  return parsed.error().public_text();
}
bool is_this_machine(const net::Host& host) {
  if (host.name == "localhost") return true;
  return host.address && net::classify(*host.address) == net::AddressClass::kLoopback;
}
std::optional<std::string> check_own_key_url(std::string_view text) {
  if (text == "off") return std::nullopt;
  const auto url = net::parse_url(text);
  // Other people's keys do not travel in the clear.
  if (url && (url->scheme == net::Scheme::kHttps || is_this_machine(url->host))) {
    return std::nullopt;
  }
  return "`" + std::string(text) +
         "` is no https address (https://api.openai.com/v1; http only on this machine), nor off";
}

constexpr std::array<config::NamedCheck, 8> kChecks{{
    {"TRUSTED_PROXIES", check_proxies},
    {"QUOTA_ANON", check_daily},
    {"QUOTA_AUTH", check_daily},
    {"QUOTA_TIERS", check_tiers},
    {"QUOTA_BUDGET", check_budget},
    {"QUOTA_BURST", check_burst},
    {"QUOTA_ABUSE", check_burst},
    {"OWN_KEY_BASE_URL", check_own_key_url},
}};

bool is_loopback(const std::string& bind) {
  boost::system::error_code failed;
  const auto address = boost::asio::ip::make_address(bind, failed);
  return !failed && address.is_loopback();
}

std::string source_of(const config::Loaded& loaded, std::string_view option) {
  const auto found = std::ranges::find_if(
      loaded.values, [&](const auto& value) { return value.option->name == option; });
  return found == loaded.values.end() ? std::string(option) : found->source;
}

}  // namespace

std::span<const config::NamedCheck> setting_checks() noexcept { return kChecks; }

config::Faults find_setting_faults(const config::Loaded& loaded, const Command& command) {
  config::Faults faults;
  const config::Settings& settings = loaded.settings;
  if (auto auth = identity::read_auth_options(to_auth_settings(settings)); !auth) {
    faults.push_back({"sign-in", auth.error().public_text()});
  }
  const bool serves = std::holds_alternative<ServeCommand>(command);
  const bool may_skip = settings.environment == "development" && is_loopback(settings.bind);
  if (serves && settings.dev_skip_auth && !may_skip) {
    faults.push_back({source_of(loaded, "DEV_SKIP_AUTH"),
                      "DEV_SKIP_AUTH needs ENVIRONMENT=development and a BIND on loopback: "
                      "everybody who reaches this server would be signed in"});
  }
  return faults;
}

}  // namespace graphrail::app
