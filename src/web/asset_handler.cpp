#include "web/asset_handler.h"

#include <fmt/format.h>

#include <memory>
#include <stdexcept>
#include <string>

#include "http/compression.h"
#include "http/conditional.h"

namespace graphrail::web {
namespace {

/// The documentation viewer styles its parts with inline attributes, which the policy of the other
/// pages forbids; nothing may come from or go to another host.
constexpr std::string_view kDocsPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' "
    "data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

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
  const bool is_packed =
      variants.gzip.body && http::accepts_gzip(request.headers.get("Accept-Encoding"));
  const Variant& variant = is_packed ? variants.gzip : variants.raw;
  http::Response response;
  response.shared_body = variant.body;
  response.headers.add("Content-Type", variants.content_type);
  response.headers.add("ETag", variant.etag);
  // "no-cache" means ask each time: the address stays the same when a new version is installed.
  response.headers.add("Cache-Control", "no-cache");
  if (variants.gzip.body) response.headers.add("Vary", "Accept-Encoding");
  if (is_packed) response.headers.add("Content-Encoding", "gzip");
  if (!variants.policy.empty()) {
    response.headers.add("Content-Security-Policy", variants.policy);
  }
  http::apply_if_none_match(request, response);
  return response;
}

boost::asio::awaitable<http::Response> serve(std::shared_ptr<const Variants> variants,
                                             std::shared_ptr<http::Request> request) {
  co_return answer(*variants, *request);
}

}  // namespace

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
