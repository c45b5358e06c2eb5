// USES: page net core
// Whatever bytes come in: the parser ends, its normal form is a fixed point, nothing in it could be
// read as another host, and a redirect's reference obeys the same rules.
#include "net/url.h"

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "net/address_policy.h"
#include "page/url_key.h"

namespace {

void check(bool ok) {
  if (!ok) std::abort();
}

void check_url(const graphrail::net::Url& url) {
  namespace net = graphrail::net;
  const std::string text = url.to_string();
  for (const char c : text) check(c > 0x20 && c < 0x7F && c != '\\');
  const auto again = net::parse_url(text);
  check(again.has_value() && *again == url);
  const net::Url key = graphrail::page::normalize(url);
  check(graphrail::page::normalize(key) == key);
  check(key.host == url.host);
  const net::AddressPolicy policy;
  if (!policy.vet_url(url) && url.host.address) {
    check(net::classify(*url.host.address) == net::AddressClass::kPublicUnicast);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  namespace net = graphrail::net;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto url = net::parse_url(text)) check_url(*url);
  static const net::Url base = *net::parse_url("https://example.com/a/b?c");
  if (const auto url = net::resolve_reference(base, text)) check_url(*url);
  return 0;
}
