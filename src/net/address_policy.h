// The guard against server-side request forgery: which URLs may be fetched and which addresses may
// be connected to. Pure, immutable after construction, safe from any thread. Two steps, because the
// second needs the resolver's answer: vet_url before any look-up, vet_addresses after it.
//
// Without openings only https on port 443 to public addresses passes. FETCH_ALLOW_NETS opens blocks
// of addresses, FETCH_ALLOW_HOSTS opens names; http, other ports and special names pass only there.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "net/address_class.h"
#include "net/url.h"

namespace graphrail::net {

/// Why something was refused; for the log and the receipts, never for the client.
enum class Refusal : std::uint8_t {
  kScheme,
  kPort,
  kSingleLabelName,
  kSpecialUseName,
  kMetadataName,
  kNoAddress,
  kAddressNotPublic,
  kOwnAddress,
};
[[nodiscard]] std::string_view refusal_name(Refusal refusal) noexcept;

/// Text settings as the operator writes them; see AddressPolicy::create.
struct AddressPolicyOptions {
  /// "10.0.0.0/8", "fd00::/8", "127.0.0.1".
  std::vector<std::string> allow_nets;
  /// "wiki.example.lan", or "*.example.lan" for every name below.
  std::vector<std::string> allow_hosts;
  /// Public addresses of this very service: never fetched (self-connection).
  std::vector<std::string> own_addresses;
};

class AddressPolicy {
 public:
  /// Public addresses only.
  AddressPolicy() = default;

  /// Fails with std::errc::invalid_argument; the public text names the first bad entry.
  [[nodiscard]] static core::Result<AddressPolicy> create(const AddressPolicyOptions& options);

  /// Verdict on scheme, port, name and IP literal before any look-up. `nullopt` = go on. A URL that
  /// only an opened network could justify passes here if networks are open at all, and is settled
  /// by vet_addresses.
  [[nodiscard]] std::optional<Refusal> vet_url(const Url& url) const;

  /// Verdict on all the addresses a look-up gave: one bad answer refuses the whole set.
  [[nodiscard]] std::optional<Refusal> vet_addresses(
      const Url& url, std::span<const boost::asio::ip::address> addresses) const;

  /// True when the operator opened this name; it may then come from a hosts file.
  [[nodiscard]] bool opens_host(const Host& host) const;

 private:
  [[nodiscard]] bool opens_address(const boost::asio::ip::address& address) const;
  [[nodiscard]] std::optional<Refusal> vet_address(const Url& url,
                                                   const boost::asio::ip::address& address) const;

  std::vector<Network> allow_nets_;
  std::vector<std::string> allow_hosts_;
  std::vector<boost::asio::ip::address> own_addresses_;
};

}  // namespace graphrail::net
