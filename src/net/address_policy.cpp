#include "net/address_policy.h"

#include <algorithm>

#include "net/host.h"
#include "net/special_names.h"

namespace graphrail::net {
namespace {

using boost::asio::ip::address;

std::unexpected<core::Error> bad_option(std::string_view what, const std::string& entry) {
  return core::fail(std::make_error_code(std::errc::invalid_argument),
                    {std::string(what) + ": \"" + entry + "\" is not valid"});
}

/// What would refuse this URL at a public place, address aside.
std::optional<Refusal> public_rule(const Url& url) {
  if (url.scheme != Scheme::kHttps) return Refusal::kScheme;
  if (url.port != default_port(Scheme::kHttps)) return Refusal::kPort;
  if (url.host.address) return std::nullopt;
  switch (classify_name(url.host.name)) {
    case NameClass::kSingleLabel:
      return Refusal::kSingleLabelName;
    case NameClass::kSpecialUse:
      return Refusal::kSpecialUseName;
    case NameClass::kMetadata:
      return Refusal::kMetadataName;
    case NameClass::kOrdinary:
      break;
  }
  return std::nullopt;
}

/// Classes an opened name may resolve to. Metadata services and the like need an opened network:
/// whoever runs the name's zone must not be able to point it there.
bool may_hold_opened_host(AddressClass kind) {
  return kind == AddressClass::kPublicUnicast || kind == AddressClass::kPrivateUse ||
         kind == AddressClass::kLoopback;
}

}  // namespace

std::string_view refusal_name(Refusal refusal) noexcept {
  switch (refusal) {
    case Refusal::kScheme:
      return "scheme";
    case Refusal::kPort:
      return "port";
    case Refusal::kSingleLabelName:
      return "single_label_name";
    case Refusal::kSpecialUseName:
      return "special_use_name";
    case Refusal::kMetadataName:
      return "metadata_name";
    case Refusal::kNoAddress:
      return "no_address";
    case Refusal::kAddressNotPublic:
      return "address_not_public";
    case Refusal::kOwnAddress:
      break;
  }
  return "own_address";
}

core::Result<AddressPolicy> AddressPolicy::create(const AddressPolicyOptions& options) {
  AddressPolicy policy;
  for (const std::string& entry : options.allow_nets) {
    const auto network = Network::parse(entry);
    if (!network) return bad_option("FETCH_ALLOW_NETS", entry);
    policy.allow_nets_.push_back(*network);
  }
  for (const std::string& entry : options.allow_hosts) {
    const bool below = entry.starts_with("*.");
    const auto host = parse_host(std::string_view(entry).substr(below ? 2 : 0));
    if (!host || (below && host->address)) return bad_option("FETCH_ALLOW_HOSTS", entry);
    policy.allow_hosts_.push_back(below ? "." + host->name : host->name);
  }
  for (const std::string& entry : options.own_addresses) {
    const auto own = parse_address(entry);
    if (!own) return bad_option("own address", entry);
    policy.own_addresses_.push_back(*own);
  }
  return policy;
}

bool AddressPolicy::opens_host(const Host& host) const {
  return std::ranges::any_of(allow_hosts_, [&](const std::string& entry) {
    if (entry.front() == '.') return !host.address && host.name.ends_with(entry);
    return host.name == entry;
  });
}

bool AddressPolicy::opens_address(const address& address) const {
  return std::ranges::any_of(allow_nets_,
                             [&](const Network& network) { return network.contains(address); });
}

std::optional<Refusal> AddressPolicy::vet_address(const Url& url, const address& address) const {
  if (std::ranges::find(own_addresses_, address) != own_addresses_.end()) {
    return Refusal::kOwnAddress;
  }
  if (opens_address(address)) return std::nullopt;
  const AddressClass kind = classify(address);
  const bool allowed =
      opens_host(url.host) ? may_hold_opened_host(kind) : kind == AddressClass::kPublicUnicast;
  return allowed ? std::nullopt : std::optional(Refusal::kAddressNotPublic);
}

std::optional<Refusal> AddressPolicy::vet_url(const Url& url) const {
  if (url.port == 0) return Refusal::kPort;
  if (url.host.address) return vet_addresses(url, std::span(&*url.host.address, 1));
  if (opens_host(url.host) || !allow_nets_.empty()) return std::nullopt;
  return public_rule(url);
}

std::optional<Refusal> AddressPolicy::vet_addresses(const Url& url,
                                                    std::span<const address> addresses) const {
  if (addresses.empty()) return Refusal::kNoAddress;
  for (const auto& address : addresses) {
    if (const auto refusal = vet_address(url, address)) return refusal;
  }
  const bool opened = opens_host(url.host) || std::ranges::all_of(addresses, [&](const auto& a) {
                        return opens_address(a);
                      });
  return opened ? std::nullopt : public_rule(url);
}

}  // namespace graphrail::net
