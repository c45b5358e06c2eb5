// What proxies wrote about the way of a request: the hops in `Forwarded` (RFC 7239) and
// `X-Forwarded-For`. Pure and bounded, for headers that a lying client may have begun.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace graphrail::identity {

/// One hop: its folded address, or nothing where the header says `unknown`, an obfuscated name or
/// what is no address.
using Hop = std::optional<boost::asio::ip::address>;

/// Header text beyond this is not looked at: the hops are then a single unreadable one.
inline constexpr std::size_t kMaxForwardingBytes = 8 * 1024;

/// Hops that are read at most, the nearest ones; a longer chain of trusted ones ends there.
inline constexpr std::size_t kMaxHops = 16;

/// "203.0.113.7", "203.0.113.7:4711", "[2001:db8::1]:443", "2001:db8::1", "fe80::1%eth0"; `_hidden`
/// and `unknown` and all else give nothing. Ports may be obfuscated ("_port").
[[nodiscard]] Hop parse_hop(std::string_view node);

/// The hops of all X-Forwarded-For lines, the nearest last, at most kMaxHops.
[[nodiscard]] std::vector<Hop> read_x_forwarded_for(std::span<const std::string_view> lines);

/// The `for=` hops of all Forwarded lines, likewise. An element without `for`, with two of
/// them, or outside the grammar is an unreadable hop; an open quote swallows the rest of its line.
[[nodiscard]] std::vector<Hop> read_forwarded(std::span<const std::string_view> lines);

}  // namespace graphrail::identity
