#include "net/url.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "net/fetch_error.h"
#include "net/url_escape.h"

namespace graphrail::net {
namespace {

constexpr std::string_view kWhiteSpace = " \t\r\n\f";

std::string_view trim(std::string_view text) {
  const std::size_t first = text.find_first_not_of(kWhiteSpace);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(kWhiteSpace) - first + 1);
}

std::unexpected<core::Error> invalid(std::string_view why) {
  return fail_fetch(FetchError::kInvalidUrl, fmt::format("url: {}", why));
}

constexpr bool is_alpha(char c) noexcept { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// Length of a leading `scheme` (without the colon), or npos when the text has none.
std::size_t scheme_length(std::string_view text) {
  if (text.empty() || !is_alpha(text.front())) return text.npos;
  for (std::size_t i = 1; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ':') return i;
    if (!is_alpha(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') break;
  }
  return text.npos;
}

std::optional<Scheme> scheme_from(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), [](char c) { return static_cast<char>(c | 0x20); });
  if (lower == "https") return Scheme::kHttps;
  if (lower == "http") return Scheme::kHttp;
  return std::nullopt;
}

/// What no part of a URL may hold, whichever parser reads it.
core::Result<void> check_characters(std::string_view text) {
  if (text.size() > kMaxUrlBytes) return invalid("too long");
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) return invalid("control character");
  }
  // Some parsers take a backslash for a slash: before the query it could move the host's end.
  if (text.substr(0, text.find_first_of("?#")).find('\\') != text.npos) return invalid("backslash");
  return {};
}

core::Result<std::uint16_t> parse_port(std::string_view text, Scheme scheme) {
  if (text.empty()) return default_port(scheme);
  unsigned value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return invalid("port is not a number");
    value = value * 10 + static_cast<unsigned>(c - '0');
    if (value > 65535) return invalid("port out of range");
  }
  return static_cast<std::uint16_t>(value);
}

core::Result<void> parse_authority(std::string_view authority, Url& url) {
  if (authority.empty()) return invalid("no host");
  if (authority.find('@') != authority.npos) return invalid("user information");
  const std::size_t bracket = authority.front() == '[' ? authority.find(']') : 0;
  if (bracket == authority.npos) return invalid("unclosed bracket");
  const std::size_t colon = authority.find(':', bracket);
  const std::string_view host_text = authority.substr(0, colon);
  const std::string_view port_text =
      colon == authority.npos ? std::string_view{} : authority.substr(colon + 1);
  auto host = parse_host(host_text);
  if (!host) return core::fail(std::move(host.error()));
  const auto port = parse_port(port_text, url.scheme);
  if (!port) return core::fail(port.error());
  url.host = std::move(*host);
  url.port = *port;
  return {};
}

void set_path_and_query(std::string_view text, Url& url) {
  text = text.substr(0, text.find('#'));
  const std::size_t question = text.find('?');
  url.path = normalize_path(text.substr(0, question));
  url.query = question == text.npos ? std::string() : normalize_query(text.substr(question + 1));
}

/// Parses what follows "scheme:".
core::Result<Url> parse_after_scheme(Scheme scheme, std::string_view rest) {
  if (!rest.starts_with("//")) return invalid("no authority");
  rest.remove_prefix(2);
  Url url;
  url.scheme = scheme;
  const std::size_t end = std::min(rest.find_first_of("/?#"), rest.size());
  if (auto parsed = parse_authority(rest.substr(0, end), url); !parsed) {
    return core::fail(std::move(parsed.error()));
  }
  set_path_and_query(rest.substr(end), url);
  return url;
}

/// Escapes make a text longer: what is too long in normal form could not be read again.
core::Result<Url> check_length(core::Result<Url> url) {
  if (url && url->to_string().size() > kMaxUrlBytes) return invalid("too long");
  return url;
}

core::Result<Url> resolve(const Url& base, std::string_view reference) {
  if (reference.empty()) return invalid("empty reference");
  if (auto checked = check_characters(reference); !checked) {
    return core::fail(std::move(checked.error()));
  }
  if (scheme_length(reference) != reference.npos) return parse_url(reference);
  if (reference.starts_with("//")) return parse_after_scheme(base.scheme, reference);
  Url url = base;
  if (reference.front() == '#') return url;
  if (reference.front() == '/') {
    set_path_and_query(reference, url);
  } else if (reference.front() == '?') {
    set_path_and_query(base.path + std::string(reference), url);
  } else {
    const std::string folder = base.path.substr(0, base.path.rfind('/') + 1);
    set_path_and_query(folder + std::string(reference), url);
  }
  return url;
}

}  // namespace

std::string Url::target() const { return query.empty() ? path : path + "?" + query; }

std::string Url::to_string() const {
  std::string text(scheme_name(scheme));
  text += "://";
  text += host.in_url();
  if (port != default_port(scheme)) text += ":" + std::to_string(port);
  return text + target();
}

core::Result<Url> parse_url(std::string_view text) {
  text = trim(text);
  if (auto checked = check_characters(text); !checked) {
    return core::fail(std::move(checked.error()));
  }
  const std::size_t length = scheme_length(text);
  if (length == text.npos) return invalid("no scheme");
  const auto scheme = scheme_from(text.substr(0, length));
  if (!scheme) return invalid("scheme is not http or https");
  return check_length(parse_after_scheme(*scheme, text.substr(length + 1)));
}

core::Result<Url> resolve_reference(const Url& base, std::string_view reference) {
  auto url = check_length(resolve(base, trim(reference)));
  if (url) return url;
  return fail_fetch(FetchError::kBadRedirect, url.error().private_cause());
}

}  // namespace graphrail::net
