#include "web/asset_handler.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <stdexcept>
#include <string>

namespace graphrail::web {
namespace {

/// The documentation viewer styles its parts with inline attributes, which the policy of the other
/// pages forbids; nothing may come from or go to another host.
constexpr std::string_view kDocsPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' "
    "data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

std::string_view trim(std::string_view text) noexcept {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

/// Calls `use(item)` for each member of a comma-separated list until it returns true.
template <class Use>
bool any_list_member(std::string_view list, Use use) {
  while (!list.empty()) {
    const auto comma = list.find(',');
    if (use(trim(list.substr(0, comma)))) return true;
    if (comma == std::string_view::npos) return false;
    list.remove_prefix(comma + 1);
  }
  return false;
}

bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

/// True when a coding's parameters give it the weight zero: "q=0", "q=0.000".
bool has_zero_weight(std::string_view parameters) noexcept {
  const auto equals = parameters.find('=');
  if (equals == std::string_view::npos) return false;
  const std::string_view name = trim(parameters.substr(0, equals));
  const std::string_view weight = trim(parameters.substr(equals + 1));
  return equals_ignoring_case(name, "q") && weight.starts_with('0') &&
         weight.find_first_not_of("0.") == std::string_view::npos;
}

/// One form of a file as it goes over the wire.
struct Variant {
  std::shared_ptr<const std::string> body;
  std::string etag;
};

struct Variants {
  std::string content_type;
  std::string policy;
  Variant raw;
  /// Without body when the file has no packed form.
  Variant gzip;
};

http::Response answer(const Variants& variants, const http::Request& request) {
  const bool packed = variants.gzip.body && accepts_gzip(request.headers.get("Accept-Encoding"));
  const Variant& variant = packed ? variants.gzip : variants.raw;
  http::Response response;
  response.headers.set("ETag", variant.etag);
  // "no-cache" means ask each time: the address stays the same when a new version is installed.
  response.headers.set("Cache-Control", "no-cache");
  if (variants.gzip.body) response.headers.set("Vary", "Accept-Encoding");
  if (!variants.policy.empty()) {
    response.headers.set("Content-Security-Policy", variants.policy);
  }
  if (matches_etag(request.headers.get("If-None-Match"), variant.etag)) {
    response.status = 304;
    return response;
  }
  response.headers.set("Content-Type", variants.content_type);
  if (packed) response.headers.set("Content-Encoding", "gzip");
  response.shared_body = variant.body;
  return response;
}

boost::asio::awaitable<http::Response> serve(std::shared_ptr<const Variants> variants,
                                             std::shared_ptr<http::Request> request) {
  co_return answer(*variants, *request);
}

}  // namespace

bool accepts_gzip(std::string_view accept_encoding) noexcept {
  bool accepts = false;
  any_list_member(accept_encoding, [&accepts](std::string_view item) {
    const auto semicolon = item.find(';');
    const std::string_view coding = trim(item.substr(0, semicolon));
    const bool is_gzip = equals_ignoring_case(coding, "gzip");
    if (!is_gzip && coding != "*") return false;
    accepts = semicolon == std::string_view::npos || !has_zero_weight(item.substr(semicolon + 1));
    return is_gzip;  // Naming gzip outweighs the wildcard, wherever that stands.
  });
  return accepts;
}

bool matches_etag(std::string_view if_none_match, std::string_view etag) noexcept {
  return any_list_member(if_none_match, [etag](std::string_view item) {
    if (item.starts_with("W/")) item.remove_prefix(2);
    return item == "*" || item == etag;
  });
}

http::Handler make_asset_handler(const Asset& asset, std::string_view policy) {
  auto variants = std::make_shared<Variants>();
  variants->content_type = asset.content_type;
  variants->policy = policy;
  variants->raw = {std::make_shared<const std::string>(asset.raw),
                   fmt::format("\"{}\"", asset.hash)};
  if (!asset.gzip.empty()) {
    // A strong validator names the bytes on the wire, so each form has its own.
    variants->gzip = {std::make_shared<const std::string>(asset.gzip),
                      fmt::format("\"{}-gzip\"", asset.hash)};
  }
  return
      [variants = std::shared_ptr<const Variants>(std::move(variants))](
          std::shared_ptr<http::Request> request) { return serve(variants, std::move(request)); };
}

http::Handler make_asset_handler(std::string_view path) {
  const Asset* asset = find_asset(path);
  if (!asset) throw std::logic_error(fmt::format("no embedded file for {}", path));
  const bool is_page = asset->content_type.starts_with("text/html");
  return make_asset_handler(*asset, is_page ? kDocsPolicy : std::string_view{});
}

}  // namespace graphrail::web
