// The networks whose word about other addresses is believed (TRUSTED_PROXIES). Immutable after
// construction, safe from any thread.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "net/address_class.h"

namespace graphrail::identity {

/// The same machine in its one form: IPv4-mapped IPv6 (::ffff:192.0.2.1, RFC 4291 section 2.5.5.2)
/// becomes IPv4, zone ids are dropped.
[[nodiscard]] boost::asio::ip::address fold(const boost::asio::ip::address& address);

class TrustedProxies {
 public:
  static constexpr std::size_t kMaxNetworks = 256;

  /// Trusts nobody.
  TrustedProxies() = default;

  /// Comma-separated addresses and blocks: "127.0.0.1, 10.0.0.0/8, fd00::/8". A block of length 0
  /// is refused: it would let every client name its own address. Fails with
  /// std::errc::invalid_argument; the public text names the first bad entry.
  [[nodiscard]] static core::Result<TrustedProxies> parse(std::string_view list);

  /// `address` in folded form.
  [[nodiscard]] bool contains(const boost::asio::ip::address& address) const noexcept;
  [[nodiscard]] bool empty() const noexcept { return networks_.empty(); }

 private:
  std::vector<net::Network> networks_;
};

}  // namespace graphrail::identity
