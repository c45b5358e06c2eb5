// Host names that never name a site on the public internet. Pure.
#pragma once

#include <cstdint>
#include <string_view>

namespace graphrail::net {

enum class NameClass : std::uint8_t {
  kOrdinary,
  /// One label only: search lists and hosts files decide what it means.
  kSingleLabel,
  /// Below a top level that is reserved (RFC 6761, 6762, 7686, 8375, 9476), withheld for name
  /// collisions (ICANN), or the private name space of a common platform.
  kSpecialUse,
  /// The instance metadata service of a cloud, reachable under a public name.
  kMetadata,
};

/// `name` is canonical: lower case, no final dot, not an IP address.
[[nodiscard]] NameClass classify_name(std::string_view name) noexcept;

}  // namespace graphrail::net
