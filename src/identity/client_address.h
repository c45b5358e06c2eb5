// Which address a request is counted under. The socket's peer, unless that is a trusted proxy; then
// the hops that the proxies wrote are walked from the right, past trusted ones, to the first that
// is not. What stands further left was written by a stranger and is never read. Pure.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <span>
#include <string>
#include <string_view>

#include "identity/trusted_proxies.h"

namespace graphrail::identity {

/// Values of the two headers, one per line, in order.
struct ForwardingHeaders {
  std::span<const std::string_view> forwarded;
  std::span<const std::string_view> x_forwarded_for;
};

/// The client's address in folded form (IPv4-mapped as IPv4, no zone id, no port). A hop that is
/// unreadable or unknown ends the walk at the trusted proxy that vouched for it. At most kMaxHops
/// hops and kMaxForwardingBytes of each header are looked at (forwarding.h).
///
/// With both headers, a hop counts only where both say the same: a proxy passes on untouched the
/// header it does not write itself, so one of the two may be the client's own invention and nothing
/// tells which. Proxies that write both agree; otherwise the nearest trusted proxy is the answer.
[[nodiscard]] boost::asio::ip::address client_address(const boost::asio::ip::address& peer,
                                                      const ForwardingHeaders& headers,
                                                      const TrustedProxies& proxies);

/// The address as it stands in counter keys: IPv4 as is ("203.0.113.7"), IPv6 by /64, which is what
/// one customer gets ("2001:db8:1:2::/64", RFC 5952 text). Stable: shared counters depend on it.
[[nodiscard]] std::string quota_key(const boost::asio::ip::address& address);

}  // namespace graphrail::identity
