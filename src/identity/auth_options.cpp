#include "identity/auth_options.h"

#include <string_view>
#include <utility>
#include <vector>

#include "identity/text.h"
#include "net/address_class.h"

namespace graphrail::identity {
namespace {

std::unexpected<core::Error> bad_setting(std::string text) {
  return core::fail(std::make_error_code(std::errc::invalid_argument), {std::move(text)});
}

/// Keys that come over the network in the clear could be anybody's.
bool is_safe(const net::Url& url) {
  if (url.scheme == net::Scheme::kHttps || url.host.name == "localhost") return true;
  return url.host.address && net::classify(*url.host.address) == net::AddressClass::kLoopback;
}

core::Result<std::variant<net::Url, std::string>> read_location(std::string_view text) {
  using Location = std::variant<net::Url, std::string>;
  if (text.starts_with("file://")) text.remove_prefix(7);
  if (text.starts_with("file:")) text.remove_prefix(5);
  const bool is_path = text.starts_with('/') || text.starts_with("./") || text.starts_with("../");
  if (is_path) return Location(std::string(text));
  auto url = net::parse_url(text);
  if (!url || !is_safe(*url)) {
    return bad_setting(
        "AUTH_JWKS_URL: an https URL (http only on this machine) or the path of a file");
  }
  return Location(std::move(*url));
}

/// Clerk's keys and issuer: everything hangs on its host name.
core::Result<AuthOptions> read_clerk(std::string_view frontend_api) {
  if (frontend_api.starts_with("https://")) frontend_api.remove_prefix(8);
  while (frontend_api.ends_with('/')) frontend_api.remove_suffix(1);
  const std::string issuer = "https://" + std::string(frontend_api);
  auto url = net::parse_url(issuer + "/.well-known/jwks.json");
  const bool is_host =
      url && url->path == "/.well-known/jwks.json" && issuer == "https://" + url->host.name;
  if (!is_host) return bad_setting("CLERK_FRONTEND_API: a host name such as clerk.example.com");
  return AuthOptions{.key_set = std::move(*url), .rules = {.issuer = issuer}};
}

std::vector<std::string> to_strings(const std::vector<std::string_view>& views) {
  return {views.begin(), views.end()};
}

}  // namespace

core::Result<std::optional<AuthOptions>> read_auth_options(const AuthSettings& settings) {
  const std::string_view jwks_url = trim(settings.jwks_url);
  const std::string_view clerk = trim(settings.clerk_frontend_api);
  const std::string_view issuer = trim(settings.issuer);
  AuthOptions options;
  if (!jwks_url.empty()) {
    auto location = read_location(jwks_url);
    if (!location) return core::fail(std::move(location.error()));
    options.key_set = std::move(*location);
  } else if (!clerk.empty()) {
    auto from_clerk = read_clerk(clerk);
    if (!from_clerk) return core::fail(std::move(from_clerk.error()));
    options = std::move(*from_clerk);
  } else if (!issuer.empty() || !settings.audience.empty() ||
             !settings.clerk_authorized_party.empty()) {
    return bad_setting(
        "AUTH_ISSUER, AUTH_AUDIENCE and CLERK_AUTHORIZED_PARTY do nothing without AUTH_JWKS_URL or "
        "CLERK_FRONTEND_API");
  } else {
    return std::optional<AuthOptions>();
  }
  if (!issuer.empty()) options.rules.issuer = issuer;
  options.rules.audiences = to_strings(split_list(settings.audience));
  options.rules.authorized_parties = to_strings(split_list(settings.clerk_authorized_party));
  if (!settings.plan_claim.empty()) options.rules.plan_claim = settings.plan_claim;
  return std::optional(std::move(options));
}

}  // namespace graphrail::identity
