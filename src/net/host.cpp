#include "net/host.h"

#include <idn2.h>

#include <algorithm>
#include <memory>

#include "core/utf8.h"
#include "net/fetch_error.h"

namespace graphrail::net {
namespace {

constexpr std::size_t kMaxNameBytes = 253;
constexpr std::size_t kMaxLabelBytes = 63;
/// Longest spelling that can still map to a legal name; bounds the work given to libidn2.
constexpr std::size_t kMaxInputBytes = 1024;

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr char to_lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr bool is_name_char(char c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
}
bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

using IdnString = std::unique_ptr<char, decltype([](char* p) { idn2_free(p); })>;

/// UTS #46 non-transitional ToASCII of well-formed UTF-8, or empty when the name is not valid.
std::string to_ascii(const std::string& name) {
  char* raw = nullptr;
  const int rc = idn2_to_ascii_8z(name.c_str(), &raw, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
  const IdnString owned(raw);
  return rc == IDN2_OK ? std::string(raw) : std::string();
}

/// An A-label is valid only if it decodes, and encodes back to itself.
bool is_valid_a_label(const std::string& label) {
  char* raw = nullptr;
  const int rc = idn2_to_unicode_8z8z(label.c_str(), &raw, IDN2_NONTRANSITIONAL);
  const IdnString owned(raw);
  if (rc != IDN2_OK || is_ascii(raw)) return false;
  return to_ascii(raw) == label;
}

core::Result<void> check_labels(std::string_view name) {
  if (name.size() > kMaxNameBytes)
    return fail_fetch(FetchError::kInvalidUrl, "host: name too long");
  std::size_t start = 0;
  while (start <= name.size()) {
    const std::size_t end = std::min(name.find('.', start), name.size());
    const std::string label(name.substr(start, end - start));
    if (label.empty() || label.size() > kMaxLabelBytes) {
      return fail_fetch(FetchError::kInvalidUrl, "host: empty or long label");
    }
    if (!std::ranges::all_of(label, is_name_char)) {
      return fail_fetch(FetchError::kInvalidUrl, "host: forbidden character");
    }
    if (label.starts_with("xn--") && !is_valid_a_label(label)) {
      return fail_fetch(FetchError::kInvalidUrl, "host: invalid A-label");
    }
    start = end + 1;
  }
  return {};
}

/// WHATWG "ends in a number": a resolver might read such a name as an IPv4 address.
bool ends_in_number(std::string_view name) {
  const std::string_view last = name.substr(name.rfind('.') + 1);
  if (last.empty()) return false;
  if (std::ranges::all_of(last, is_digit)) return true;
  return last.starts_with("0x") && std::ranges::all_of(last.substr(2), [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'f');
         });
}

core::Result<Host> parse_bracketed(std::string_view text) {
  if (text.size() < 4 || text.back() != ']') {
    return fail_fetch(FetchError::kInvalidUrl, "host: bad brackets");
  }
  const auto address = parse_address(text.substr(1, text.size() - 2));
  if (!address || !address->is_v6()) return fail_fetch(FetchError::kInvalidUrl, "host: bad IPv6");
  return Host{address->to_string(), address};
}

}  // namespace

std::string Host::in_url() const { return address && address->is_v6() ? "[" + name + "]" : name; }

std::optional<boost::asio::ip::address> parse_address(std::string_view text) {
  // Asio would take a zone id; no address that a page may live on has one.
  if (text.empty() || text.size() > 45 || text.find('%') != text.npos) return std::nullopt;
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(std::string(text), error);
  if (error) return std::nullopt;
  return address;
}

core::Result<Host> parse_host(std::string_view text) {
  if (text.empty() || text.size() > kMaxInputBytes) {
    return fail_fetch(FetchError::kInvalidUrl, "host: empty or too long");
  }
  if (text.front() == '[') return parse_bracketed(text);
  std::string name(text);
  if (is_ascii(text)) {
    std::ranges::transform(name, name.begin(), to_lower);
  } else {
    if (!core::is_valid_utf8(text)) return fail_fetch(FetchError::kInvalidUrl, "host: not UTF-8");
    name = to_ascii(name);
    if (name.empty()) return fail_fetch(FetchError::kInvalidUrl, "host: not a valid IDN");
  }
  if (name.ends_with('.')) name.pop_back();
  if (const auto checked = check_labels(name); !checked) return core::fail(checked.error());
  if (!ends_in_number(name)) return Host{std::move(name), std::nullopt};
  const auto address = parse_address(name);
  if (!address || address->to_string() != text) {
    return fail_fetch(FetchError::kInvalidUrl, "host: number that is not a canonical IPv4 address");
  }
  return Host{std::move(name), address};
}

}  // namespace graphrail::net
