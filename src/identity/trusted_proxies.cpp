#include "identity/trusted_proxies.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

#include "identity/text.h"
#include "net/host.h"

namespace graphrail::identity {
namespace {

using boost::asio::ip::address;
using boost::asio::ip::address_v6;
namespace ip = boost::asio::ip;

constexpr unsigned kMappedPrefixBits = 96;

/// Clients are compared in folded form, so a block of mapped addresses has to be one of IPv4. Other
/// entries come back as they are, a block of length 0 and a mapped block above /96 empty.
std::string fold_block(std::string_view entry) {
  const std::size_t slash = entry.find('/');
  if (slash == std::string_view::npos) {
    const auto single = net::parse_address(entry);
    return single ? fold(*single).to_string() : std::string();
  }
  const auto base = net::parse_address(entry.substr(0, slash));
  const std::string_view digits = entry.substr(slash + 1);
  unsigned bits = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  if (!base || error != std::errc() || end != digits.data() + digits.size() || bits == 0) return {};
  if (!base->is_v6() || !base->to_v6().is_v4_mapped()) return std::string(entry);
  if (bits <= kMappedPrefixBits) return {};
  return fold(*base).to_string() + "/" + std::to_string(bits - kMappedPrefixBits);
}

}  // namespace

address fold(const address& address) {
  if (address.is_v4()) return address;
  const address_v6 v6 = address.to_v6();
  if (v6.is_v4_mapped()) return ip::make_address_v4(ip::v4_mapped, v6);
  return address_v6(v6.to_bytes());
}

core::Result<TrustedProxies> TrustedProxies::parse(std::string_view list) {
  TrustedProxies proxies;
  for (const std::string_view entry : split_list(list)) {
    const std::optional<net::Network> network = net::Network::parse(fold_block(entry));
    if (!network || proxies.networks_.size() == kMaxNetworks) {
      return core::fail(std::make_error_code(std::errc::invalid_argument),
                        {"TRUSTED_PROXIES: \"" + std::string(entry.substr(0, 64)) +
                         "\" is not an address or a block of them"});
    }
    proxies.networks_.push_back(*network);
  }
  return proxies;
}

bool TrustedProxies::contains(const address& address) const noexcept {
  return std::ranges::any_of(
      networks_, [&](const net::Network& network) { return network.contains(address); });
}

}  // namespace graphrail::identity
