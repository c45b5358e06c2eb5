#include "net/special_names.h"

#include <algorithm>
#include <array>

namespace graphrail::net {
namespace {

using std::string_view_literals::operator""sv;

// Top levels that IANA or ICANN keep out of the root zone, and private ones in wide use there.
constexpr std::array kSpecialTopLevels = {
    // RFC 6761, 6762, 7686, 9476, 6762 appendix G, ICANN resolution on .internal (2024).
    "localhost"sv, "local"sv, "test"sv, "example"sv, "invalid"sv, "onion"sv, "alt"sv, "arpa"sv,
    "internal"sv, "intranet"sv, "private"sv, "corp"sv, "home"sv, "lan"sv,
    // Name collisions that ICANN deferred or that routers and distributions hand out.
    "mail"sv, "localdomain"sv, "domain"sv, "workgroup"sv, "intra"sv, "router"sv, "gateway"sv,
    "belkin"sv, "dlink"sv,
    // Cluster and service discovery.
    "svc"sv, "cluster"sv, "default"sv, "consul"sv, "docker"sv, "kubernetes"sv, "nomad"sv, "mesos"sv,
    "marathon"sv, "rancher"sv, "weave"sv};

constexpr std::array kMetadataNames = {"metadata.goog"sv, "metadata.tencentyun.com"sv,
                                       "metadata.packet.net"sv, "metadata.platformequinix.com"sv,
                                       "metadata.udhcpc.aliyuncs.com"sv};

bool is_or_below(std::string_view name, std::string_view zone) {
  if (!name.ends_with(zone)) return false;
  return name.size() == zone.size() || name[name.size() - zone.size() - 1] == '.';
}

}  // namespace

NameClass classify_name(std::string_view name) noexcept {
  const std::size_t dot = name.rfind('.');
  if (dot == name.npos) return NameClass::kSingleLabel;
  if (std::ranges::find(kSpecialTopLevels, name.substr(dot + 1)) != kSpecialTopLevels.end()) {
    return NameClass::kSpecialUse;
  }
  for (const std::string_view zone : kMetadataNames) {
    if (is_or_below(name, zone)) return NameClass::kMetadata;
  }
  return NameClass::kOrdinary;
}

}  // namespace graphrail::net
