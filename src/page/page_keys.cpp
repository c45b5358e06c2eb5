#include "page/page_keys.h"

#include <libpsl.h>

#include <algorithm>
#include <cctype>

#include "page/url_key.h"

namespace graphrail::page {
namespace {

/// "bbc.co.uk" for "news.bbc.co.uk"; empty for a public suffix and for addresses.
std::string_view registrable_domain(const net::Host& host) {
  if (host.address) return {};
  const char* domain = psl_registrable_domain(psl_builtin(), host.name.c_str());
  return domain == nullptr ? std::string_view{} : std::string_view(domain);
}

bool may_speak_for(const net::Url& final_url, const net::Url& canonical) {
  if (canonical.scheme != net::Scheme::kHttps || canonical.port != 443) return false;
  if (canonical.path == "/" && canonical.query.empty()) return false;
  const std::string_view domain = registrable_domain(canonical.host);
  return !domain.empty() && domain == registrable_domain(final_url.host);
}

}  // namespace

bool may_be_cached(std::string_view cache_control) {
  std::string lower(cache_control);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  std::string_view rest = lower;
  while (!rest.empty()) {
    const std::size_t comma = rest.find(',');
    std::string_view directive = rest.substr(0, comma);
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
    directive = directive.substr(0, directive.find('='));
    const std::size_t first = directive.find_first_not_of(" \t");
    if (first == std::string_view::npos) continue;
    directive = directive.substr(first, directive.find_last_not_of(" \t") + 1 - first);
    if (directive == "no-store" || directive == "private") return false;
  }
  return true;
}

std::vector<std::string> page_keys(const std::string& asked_key, const net::Url& final_url,
                                   std::string_view canonical_url) {
  std::vector<std::string> keys(1, asked_key);
  const auto add = [&keys](std::string key) {
    if (std::find(keys.begin(), keys.end(), key) == keys.end()) keys.push_back(std::move(key));
  };
  add(cache_key(final_url));
  const core::Result<net::Url> canonical = net::parse_url(canonical_url);
  if (canonical && may_speak_for(final_url, *canonical)) add(cache_key(*canonical));
  return keys;
}

}  // namespace graphrail::page
