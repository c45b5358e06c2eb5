// The order in which every request passes through the middlewares.
#pragma once

#include <memory>
#include <vector>

#include "api/routes.h"
#include "http/middleware.h"

namespace graphrail::api {

/// The middlewares, outermost first; what stands earlier sees the request first and the response
/// last.
[[nodiscard]] std::vector<std::shared_ptr<http::Middleware>> middlewares_outermost_first(
    const ApiParts& parts);

}  // namespace graphrail::api
