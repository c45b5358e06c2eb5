// The host of a URL in its one canonical form: a lower-case A-label name without the final dot, or
// an IP address. Pure. Spellings that two parsers could read as two machines are refused here.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace graphrail::net {

struct Host {
  /// Canonical text: "xn--bcher-kva.example.com", "192.0.2.1", "2001:db8::1" (RFC 5952).
  std::string name;
  /// Set when the host is an IP literal.
  std::optional<boost::asio::ip::address> address;

  /// As it stands in a URL: IPv6 in brackets.
  [[nodiscard]] std::string in_url() const;
  bool operator==(const Host&) const = default;
};

/// Reads the host part of an authority (UTF-8, brackets included for IPv6). Names go through UTS
/// #46 non-transitional processing; labels are letters, digits, `-` and `_`, 1 to 63 bytes, 253 in
/// all. A name whose last label is a number must be a canonical dotted quad exactly as written.
/// Fails with FetchError::kInvalidUrl: percent signs, zone ids, IPvFuture, octal and hexadecimal
/// IPv4...
[[nodiscard]] core::Result<Host> parse_host(std::string_view text);

/// An IP address in its canonical or any other standard text form, without zone id; nothing else.
[[nodiscard]] std::optional<boost::asio::ip::address> parse_address(std::string_view text);

}  // namespace graphrail::net
