// Request ids: taken from the caller when well-formed, made here otherwise.
#pragma once

#include <string>
#include <string_view>

#include "core/random.h"

namespace graphrail::observe {

/// `offered` when it is 1 to 128 characters of [A-Za-z0-9._-], else a fresh id of 32 hex digits.
[[nodiscard]] std::string accept_or_make_request_id(std::string_view offered, core::Random& random);

}  // namespace graphrail::observe
