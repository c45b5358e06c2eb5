#include "identity/client_address.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "identity/forwarding.h"

namespace graphrail::identity {
namespace {

using boost::asio::ip::address;
using boost::asio::ip::address_v6;

/// The hops both lists agree on, the nearest first; an unreadable one is where they part.
std::vector<Hop> common_hops(const std::vector<Hop>& left, const std::vector<Hop>& right) {
  std::vector<Hop> common;
  const std::size_t shorter = std::min(left.size(), right.size());
  for (std::size_t i = 1; i <= shorter; ++i) {
    if (left[left.size() - i] != right[right.size() - i]) break;
    common.push_back(left[left.size() - i]);
  }
  return common;
}

/// Hops to walk, the nearest first.
std::vector<Hop> hops_to_walk(const ForwardingHeaders& headers) {
  std::vector<Hop> forwarded = read_forwarded(headers.forwarded);
  std::vector<Hop> x_forwarded_for = read_x_forwarded_for(headers.x_forwarded_for);
  if (!forwarded.empty() && !x_forwarded_for.empty()) {
    return common_hops(forwarded, x_forwarded_for);
  }
  std::vector<Hop> hops = std::move(forwarded.empty() ? x_forwarded_for : forwarded);
  std::ranges::reverse(hops);
  return hops;
}

}  // namespace

address client_address(const address& peer, const ForwardingHeaders& headers,
                       const TrustedProxies& proxies) {
  address client = fold(peer);
  if (!proxies.contains(client)) return client;
  for (const Hop& hop : hops_to_walk(headers)) {
    if (!hop) break;
    client = *hop;
    if (!proxies.contains(client)) break;
  }
  return client;
}

std::string quota_key(const address& address) {
  const auto folded = fold(address);
  if (folded.is_v4()) return folded.to_string();
  address_v6::bytes_type bytes = folded.to_v6().to_bytes();
  std::fill(bytes.begin() + 8, bytes.end(), std::uint8_t{0});
  return address_v6(bytes).to_string() + "/64";
}

}  // namespace graphrail::identity
