#include "llm/endpoint.h"

#include <utility>

namespace graphrail::llm {
namespace {

constexpr std::string_view kChatPath = "/chat/completions";

void trim_slashes(std::string& path) {
  while (path.ends_with('/')) path.pop_back();
}

}  // namespace

core::Result<Endpoint> Endpoint::create(std::string_view base_url, KeyHeader header) {
  auto parsed = net::parse_url(base_url);
  if (!parsed) return core::fail(std::move(parsed.error()));
  Endpoint endpoint;
  endpoint.base_ = std::move(*parsed);
  std::string& path = endpoint.base_.path;
  trim_slashes(path);
  if (path.ends_with(kChatPath)) path.resize(path.size() - kChatPath.size());
  trim_slashes(path);
  const bool is_azure = endpoint.base_.host.name.ends_with(".azure.com");
  endpoint.uses_api_key_ = header == KeyHeader::kApiKey || (header == KeyHeader::kAuto && is_azure);
  endpoint.name_ = endpoint.base_.to_string();
  return endpoint;
}

net::Url Endpoint::at(std::string_view path) const {
  net::Url url = base_;
  url.path.append(path);
  return url;
}

std::optional<net::SecretHeader> Endpoint::header_for(
    std::shared_ptr<const core::Secret> key) const {
  if (!key || key->empty()) return std::nullopt;
  if (uses_api_key_) return net::SecretHeader{"api-key", "", std::move(key)};
  return net::SecretHeader{"Authorization", "Bearer ", std::move(key)};
}

}  // namespace graphrail::llm
