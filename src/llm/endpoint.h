// Where a model server's calls go and how they carry the key: base URLs as people write them. Pure.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "core/secret.h"
#include "net/http_client.h"
#include "net/url.h"

namespace graphrail::llm {

enum class KeyHeader : std::uint8_t {
  /// "api-key" for hosts below .azure.com, else bearer.
  kAuto,
  /// Authorization: Bearer KEY.
  kBearer,
  /// api-key: KEY.
  kApiKey,
};

class Endpoint {
 public:
  /// `base_url` is http or https, with or without a path prefix and a query, both of which are
  /// kept: "https://x.openai.azure.com/openai/deployments/D?api-version=V". A base that already
  /// ends in /chat/completions is taken without it. Fails with the URL parser's error.
  [[nodiscard]] static core::Result<Endpoint> create(std::string_view base_url, KeyHeader header);

  /// The base with `path` ("/models") behind its own.
  [[nodiscard]] net::Url at(std::string_view path) const;

  /// Nothing without a key.
  [[nodiscard]] std::optional<net::SecretHeader> header_for(
      std::shared_ptr<const core::Secret> key) const;

  /// For remembering what this server accepts.
  [[nodiscard]] const std::string& name() const noexcept { return name_; }

 private:
  net::Url base_;
  std::string name_;
  bool uses_api_key_ = false;
};

}  // namespace graphrail::llm
