// What kind of place an IP address is. Allow-list rule: an address is public only if it lies in
// space that IANA hands out for ordinary unicast and in none of the special-purpose blocks (IANA
// special-purpose registries, last read October 2025). Pure.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <cstdint>
#include <optional>
#include <string_view>

namespace graphrail::net {

enum class AddressClass : std::uint8_t {
  /// Ordinary unicast on the public internet.
  kPublicUnicast,
  /// 127.0.0.0/8, ::1.
  kLoopback,
  /// RFC 1918, RFC 6598 (shared), RFC 4193 (unique local).
  kPrivateUse,
  /// 169.254.0.0/16, fe80::/10: where clouds keep their metadata services.
  kLinkLocal,
  /// Cloud platform services outside link-local space.
  kPlatformService,
  /// IPv4 inside IPv6: mapped, compatible, translated, NAT64, 6to4, Teredo, ISATAP.
  kEmbeddedIpv4,
  kMulticast,
  /// Everything else that is not public: documentation, benchmarking, anycast services, reserved.
  kReserved,
};

[[nodiscard]] AddressClass classify(const boost::asio::ip::address& address) noexcept;
[[nodiscard]] std::string_view class_name(AddressClass value) noexcept;

/// A block of addresses of one family, e.g. 10.0.0.0/8. Never matches across families.
class Network {
 public:
  /// "10.1.2.3/8", "fd00::/8", or a single address. Nothing when the text is neither.
  [[nodiscard]] static std::optional<Network> parse(std::string_view text);
  [[nodiscard]] bool contains(const boost::asio::ip::address& address) const noexcept;

 private:
  Network(boost::asio::ip::address base, unsigned bits) : base_(std::move(base)), bits_(bits) {}

  boost::asio::ip::address base_;
  unsigned bits_;
};

}  // namespace graphrail::net
