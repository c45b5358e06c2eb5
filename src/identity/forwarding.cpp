#include "identity/forwarding.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <string>
#include <utility>

#include "identity/text.h"
#include "identity/trusted_proxies.h"
#include "net/host.h"

namespace graphrail::identity {
namespace {

constexpr std::size_t kMaxNodeBytes = 128;

constexpr bool is_alnum(char c) noexcept {
  return (c >= '0' && c <= '9') || (to_lower(c) >= 'a' && to_lower(c) <= 'z');
}

/// RFC 9110 section 5.6.2.
constexpr bool is_token_char(char c) noexcept {
  return is_alnum(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

/// A number up to 65535, or an obfuscated port: "_" and letters, digits, ".", "_", "-".
bool is_port(std::string_view text) {
  if (text.starts_with('_')) {
    return text.size() > 1 && std::ranges::all_of(text, [](char c) {
             return is_alnum(c) || c == '.' || c == '_' || c == '-';
           });
  }
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && text.size() <= 5 &&
         port <= 65'535;
}

/// A zone id says which of a host's links an address is on (RFC 4007); it means nothing here.
std::optional<std::string_view> without_zone(std::string_view address) {
  const std::size_t percent = address.find('%');
  if (percent == std::string_view::npos) return address;
  const std::string_view zone = address.substr(percent + 1);
  const bool is_zone = !zone.empty() && zone.size() <= 32 &&
                       std::ranges::all_of(zone, [](char c) { return is_token_char(c); });
  if (!is_zone) return std::nullopt;
  return address.substr(0, percent);
}

Hop parse_ipv6(std::string_view text) {
  const auto bare = without_zone(text);
  const auto address = bare ? net::parse_address(*bare) : std::nullopt;
  if (!address || !address->is_v6()) return std::nullopt;
  return fold(*address);
}

/// Takes a token or quoted string (unescaped) off the front of `rest`.
std::optional<std::string> take_value(std::string_view& rest) {
  if (!rest.starts_with('"')) {
    const auto end = std::ranges::find_if_not(rest, is_token_char);
    std::string token(rest.begin(), end);
    rest.remove_prefix(token.size());
    return token.empty() ? std::nullopt : std::optional(std::move(token));
  }
  std::string value;
  for (std::size_t at = 1; at < rest.size(); ++at) {
    if (rest[at] == '"') {
      rest.remove_prefix(at + 1);
      return value;
    }
    if (rest[at] == '\\' && ++at == rest.size()) break;
    value.push_back(rest[at]);
  }
  return std::nullopt;
}

/// Offset of the comma that ends the element at the front, or the size of `line`. A quote that is
/// never closed goes to the end.
std::size_t element_end(std::string_view line) {
  bool quoted = false;
  for (std::size_t at = 0; at < line.size(); ++at) {
    if (quoted && line[at] == '\\') {
      ++at;
    } else if (line[at] == '"') {
      quoted = !quoted;
    } else if (line[at] == ',' && !quoted) {
      return at;
    }
  }
  return line.size();
}

/// forwarded-element = [ forwarded-pair ] *( ";" [ forwarded-pair ] ), RFC 7239 section 4.
Hop parse_element(std::string_view element) {
  std::optional<std::string> node;
  while (true) {
    element = trim(element);
    if (element.starts_with(';')) {
      element.remove_prefix(1);
      continue;
    }
    if (element.empty()) break;
    const std::size_t equals = element.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string_view name = element.substr(0, equals);
    if (name.empty() || !std::ranges::all_of(name, is_token_char)) return std::nullopt;
    element.remove_prefix(equals + 1);
    auto value = take_value(element);
    element = trim(element);
    if (!value || (!element.empty() && element.front() != ';')) return std::nullopt;
    if (!equal_ignoring_case(name, "for")) continue;
    if (node) return std::nullopt;
    node = std::move(value);
  }
  return node ? parse_hop(*node) : std::nullopt;
}

/// Some proxies quote IPv6 in X-Forwarded-For as in Forwarded.
Hop parse_entry(std::string_view entry) {
  if (entry.size() > 2 && entry.front() == '"' && entry.back() == '"') {
    entry = entry.substr(1, entry.size() - 2);
  }
  return parse_hop(entry);
}

/// What stands further left is never walked to, so it is not parsed either.
template <class Parse>
std::vector<Hop> parse_nearest(std::span<const std::string_view> texts, Parse parse) {
  std::vector<Hop> hops;
  for (const std::string_view text : texts.last(std::min(texts.size(), kMaxHops))) {
    hops.push_back(parse(text));
  }
  return hops;
}

bool is_too_long(std::span<const std::string_view> lines) {
  std::size_t bytes = 0;
  for (const std::string_view line : lines) bytes += std::min(line.size(), kMaxForwardingBytes + 1);
  return bytes > kMaxForwardingBytes;
}

}  // namespace

Hop parse_hop(std::string_view node) {
  if (node.empty() || node.size() > kMaxNodeBytes) return std::nullopt;
  if (node.front() == '[') {
    const std::size_t close = node.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    const std::string_view after = node.substr(close + 1);
    if (!after.empty() && (after.front() != ':' || !is_port(after.substr(1)))) return std::nullopt;
    return parse_ipv6(node.substr(1, close - 1));
  }
  if (std::ranges::count(node, ':') > 1) return parse_ipv6(node);
  const std::size_t colon = node.find(':');
  if (colon != std::string_view::npos && !is_port(node.substr(colon + 1))) return std::nullopt;
  const auto address = net::parse_address(node.substr(0, colon));
  return address && address->is_v4() ? Hop(*address) : std::nullopt;
}

std::vector<Hop> read_x_forwarded_for(std::span<const std::string_view> lines) {
  if (is_too_long(lines)) return {std::nullopt};
  std::vector<std::string_view> entries;
  for (const std::string_view line : lines)
    std::ranges::copy(split_list(line), std::back_inserter(entries));
  return parse_nearest(entries, parse_entry);
}

std::vector<Hop> read_forwarded(std::span<const std::string_view> lines) {
  if (is_too_long(lines)) return {std::nullopt};
  std::vector<std::string_view> elements;
  for (std::string_view line : lines) {
    while (!line.empty()) {
      const std::size_t end = element_end(line);
      const std::string_view element = trim(line.substr(0, end));
      if (!element.empty()) elements.push_back(element);
      line.remove_prefix(std::min(end + 1, line.size()));
    }
  }
  return parse_nearest(elements, parse_element);
}

}  // namespace graphrail::identity
