// The one URL parser of the outbound side. A text is parsed once, strictly; afterwards only the
// parsed parts are used, for the policy, for the request and for the cache key, so that no second
// parser can read another machine out of the same text. Pure values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"
#include "net/host.h"

namespace graphrail::net {

enum class Scheme : std::uint8_t { kHttp, kHttps };

[[nodiscard]] constexpr std::uint16_t default_port(Scheme scheme) noexcept {
  return scheme == Scheme::kHttps ? 443 : 80;
}
[[nodiscard]] constexpr std::string_view scheme_name(Scheme scheme) noexcept {
  return scheme == Scheme::kHttps ? "https" : "http";
}

/// An absolute http(s) URL in normal form (RFC 3986 section 6.2.2 and 6.2.3): lower-case scheme and
/// host, no fragment, dot segments removed, escapes upper-case, unreserved characters unescaped.
struct Url {
  Scheme scheme = Scheme::kHttps;
  Host host;
  std::uint16_t port = 443;
  /// Starts with "/".
  std::string path;
  /// Without "?"; empty when there is none (an empty query counts as none).
  std::string query;

  /// The whole URL; the port only when it is not the scheme's default.
  [[nodiscard]] std::string to_string() const;
  /// Path and query as they stand in a request line.
  [[nodiscard]] std::string target() const;

  bool operator==(const Url&) const = default;
};

/// Longest URL in bytes, as it is written and in normal form.
inline constexpr std::size_t kMaxUrlBytes = 8192;

/// Parses an absolute URL; ASCII white space around it is ignored. Fails with
/// FetchError::kInvalidUrl on other schemes, user information, backslashes before the query,
/// control characters, ports that are not decimal, and every host that parse_host refuses.
[[nodiscard]] core::Result<Url> parse_url(std::string_view text);

/// Resolves a Location value against `base` (RFC 3986 section 5.2, strict) under the same rules;
/// an empty reference and an empty authority ("///x") are refused. Fails with
/// FetchError::kBadRedirect.
[[nodiscard]] core::Result<Url> resolve_reference(const Url& base, std::string_view reference);

}  // namespace graphrail::net
