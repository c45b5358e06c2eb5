// Who sent a request, as the identify middleware found out.
#pragma once

#include <memory>
#include <string_view>

#include "core/secret.h"
#include "http/message.h"
#include "quota/allowances.h"

namespace graphrail::api {

struct Caller final : http::RequestNote {
  quota::Caller quota;
  /// From X-OpenAI-Key; null without one. Not checked yet.
  std::shared_ptr<const core::Secret> own_key;
};

/// True for the routes whose callers are identified and limited: everything below /api.
[[nodiscard]] bool is_api_path(std::string_view path) noexcept;

/// The caller of a request on such a route; an anonymous one without address where the middleware
/// did not run.
[[nodiscard]] const Caller& caller_of(const http::Request& request) noexcept;

}  // namespace graphrail::api
