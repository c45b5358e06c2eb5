#include "net/address_class.h"

#include <array>
#include <charconv>
#include <string>

#include "net/host.h"

namespace graphrail::net {
namespace {

using boost::asio::ip::address;
using boost::asio::ip::address_v4;
using boost::asio::ip::address_v6;

struct Block4 {
  std::uint32_t base;
  unsigned bits;
  AddressClass kind;
};

constexpr std::uint32_t v4(unsigned a, unsigned b, unsigned c, unsigned d) {
  return (a << 24) | (b << 16) | (c << 8) | d;
}

// First match wins. What no block names is public.
constexpr std::array kBlocks4 = {
    Block4{v4(127, 0, 0, 0), 8, AddressClass::kLoopback},
    Block4{v4(10, 0, 0, 0), 8, AddressClass::kPrivateUse},
    Block4{v4(172, 16, 0, 0), 12, AddressClass::kPrivateUse},
    Block4{v4(192, 168, 0, 0), 16, AddressClass::kPrivateUse},
    // The metadata service of one large cloud sits in shared space.
    Block4{v4(100, 100, 100, 200), 32, AddressClass::kPlatformService},
    Block4{v4(100, 64, 0, 0), 10, AddressClass::kPrivateUse},
    Block4{v4(169, 254, 0, 0), 16, AddressClass::kLinkLocal},
    // Public by registry, but answers only inside one cloud.
    Block4{v4(168, 63, 129, 16), 32, AddressClass::kPlatformService},
    Block4{v4(192, 0, 0, 192), 32, AddressClass::kPlatformService},
    Block4{v4(0, 0, 0, 0), 8, AddressClass::kReserved},
    Block4{v4(192, 0, 0, 0), 24, AddressClass::kReserved},
    Block4{v4(192, 0, 2, 0), 24, AddressClass::kReserved},
    Block4{v4(192, 31, 196, 0), 24, AddressClass::kReserved},
    Block4{v4(192, 52, 193, 0), 24, AddressClass::kReserved},
    Block4{v4(192, 88, 99, 0), 24, AddressClass::kReserved},
    Block4{v4(192, 175, 48, 0), 24, AddressClass::kReserved},
    Block4{v4(198, 18, 0, 0), 15, AddressClass::kReserved},
    Block4{v4(198, 51, 100, 0), 24, AddressClass::kReserved},
    Block4{v4(203, 0, 113, 0), 24, AddressClass::kReserved},
    Block4{v4(224, 0, 0, 0), 4, AddressClass::kMulticast},
    Block4{v4(240, 0, 0, 0), 4, AddressClass::kReserved},
};

struct Block6 {
  std::array<std::uint16_t, 8> base;
  unsigned bits;
  AddressClass kind;
};

// First match wins. What no block names and lies in 2000::/3 is public, all else is reserved.
constexpr std::array kBlocks6 = {
    Block6{{0, 0, 0, 0, 0, 0, 0, 1}, 128, AddressClass::kLoopback},
    Block6{{0, 0, 0, 0, 0, 0, 0, 0}, 128, AddressClass::kReserved},
    Block6{{0, 0, 0, 0, 0, 0xFFFF}, 96, AddressClass::kEmbeddedIpv4},
    Block6{{0, 0, 0, 0, 0xFFFF}, 96, AddressClass::kEmbeddedIpv4},
    Block6{{0, 0, 0, 0, 0, 0}, 96, AddressClass::kEmbeddedIpv4},
    Block6{{0x64, 0xFF9B}, 96, AddressClass::kEmbeddedIpv4},
    Block6{{0x64, 0xFF9B, 1}, 48, AddressClass::kEmbeddedIpv4},
    Block6{{0x2001, 0}, 32, AddressClass::kEmbeddedIpv4},
    Block6{{0x2002}, 16, AddressClass::kEmbeddedIpv4},
    Block6{{0xFD00, 0x0EC2, 0, 0, 0, 0, 0, 0x0254}, 128, AddressClass::kPlatformService},
    Block6{{0xFD00, 0x0EC2, 0, 0, 0, 0, 0, 0x0023}, 128, AddressClass::kPlatformService},
    Block6{{0xFD20, 0x00CE, 0, 0, 0, 0, 0, 0x0254}, 128, AddressClass::kPlatformService},
    Block6{{0xFC00}, 7, AddressClass::kPrivateUse},
    Block6{{0xFE80}, 10, AddressClass::kLinkLocal},
    Block6{{0xFF00}, 8, AddressClass::kMulticast},
    Block6{{0x2001}, 23, AddressClass::kReserved},
    Block6{{0x2001, 0x0DB8}, 32, AddressClass::kReserved},
    Block6{{0x2620, 0x004F, 0x8000}, 48, AddressClass::kReserved},
    Block6{{0x3FFF}, 20, AddressClass::kReserved},
};

address_v6::bytes_type bytes_of(const std::array<std::uint16_t, 8>& groups) {
  address_v6::bytes_type bytes{};
  for (std::size_t i = 0; i < groups.size(); ++i) {
    bytes[2 * i] = static_cast<unsigned char>(groups[i] >> 8);
    bytes[2 * i + 1] = static_cast<unsigned char>(groups[i] & 0xFF);
  }
  return bytes;
}

template <class Bytes>
bool same_prefix(const Bytes& a, const Bytes& b, unsigned bits) noexcept {
  std::size_t i = 0;
  for (; bits >= 8; bits -= 8, ++i) {
    if (a[i] != b[i]) return false;
  }
  if (bits == 0) return true;
  const unsigned mask = 0xFFU << (8 - bits) & 0xFFU;
  return (a[i] & mask) == (b[i] & mask);
}

AddressClass classify_v4(address_v4 address) noexcept {
  for (const Block4& block : kBlocks4) {
    const std::uint32_t mask = ~std::uint32_t{0} << (32 - block.bits);
    if ((address.to_uint() & mask) == block.base) return block.kind;
  }
  return AddressClass::kPublicUnicast;
}

/// Interface id 0000:5efe or 0200:5efe: ISATAP (RFC 5214) wraps an IPv4 address.
bool is_isatap(const address_v6::bytes_type& bytes) noexcept {
  return (bytes[8] == 0 || bytes[8] == 2) && bytes[9] == 0 && bytes[10] == 0x5E &&
         bytes[11] == 0xFE;
}

AddressClass classify_v6(const address_v6& address) noexcept {
  const auto bytes = address.to_bytes();
  static const auto kBases = [] {
    std::array<address_v6::bytes_type, kBlocks6.size()> bases{};
    for (std::size_t i = 0; i < bases.size(); ++i) bases[i] = bytes_of(kBlocks6[i].base);
    return bases;
  }();
  for (std::size_t i = 0; i < kBases.size(); ++i) {
    if (same_prefix(bytes, kBases[i], kBlocks6[i].bits)) return kBlocks6[i].kind;
  }
  if ((bytes[0] & 0xE0) != 0x20 || address.scope_id() != 0) return AddressClass::kReserved;
  return is_isatap(bytes) ? AddressClass::kEmbeddedIpv4 : AddressClass::kPublicUnicast;
}

}  // namespace

AddressClass classify(const address& address) noexcept {
  return address.is_v4() ? classify_v4(address.to_v4()) : classify_v6(address.to_v6());
}

std::string_view class_name(AddressClass value) noexcept {
  switch (value) {
    case AddressClass::kPublicUnicast:
      return "public";
    case AddressClass::kLoopback:
      return "loopback";
    case AddressClass::kPrivateUse:
      return "private";
    case AddressClass::kLinkLocal:
      return "link_local";
    case AddressClass::kPlatformService:
      return "platform_service";
    case AddressClass::kEmbeddedIpv4:
      return "embedded_ipv4";
    case AddressClass::kMulticast:
      return "multicast";
    case AddressClass::kReserved:
      break;
  }
  return "reserved";
}

std::optional<Network> Network::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto base = parse_address(text.substr(0, slash));
  if (!base) return std::nullopt;
  const unsigned width = base->is_v4() ? 32 : 128;
  if (slash == text.npos) return Network(*base, width);
  const std::string_view digits = text.substr(slash + 1);
  unsigned bits = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  if (error != std::errc() || end != digits.data() + digits.size() || bits > width) {
    return std::nullopt;
  }
  return Network(*base, bits);
}

bool Network::contains(const address& address) const noexcept {
  if (address.is_v4() != base_.is_v4()) return false;
  if (address.is_v4()) {
    return same_prefix(address.to_v4().to_bytes(), base_.to_v4().to_bytes(), bits_);
  }
  return same_prefix(address.to_v6().to_bytes(), base_.to_v6().to_bytes(), bits_);
}

}  // namespace graphrail::net
