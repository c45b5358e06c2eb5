// Result<T>: a value or an Error. Functions that can fail for reasons of the world return it;
// exceptions are left to broken invariants and stop at the request's error barrier.
#pragma once

#include <expected>
#include <string>
#include <utility>

#include "core/error.h"

namespace graphrail::core {

template <class T>
using Result = std::expected<T, Error>;

/// Shorthand for `return fail(code, {"client text"}, {"log text"})`.
inline std::unexpected<Error> fail(std::error_code code, PublicText text, PrivateCause cause = {}) {
  return std::unexpected<Error>(std::in_place, code, std::move(text), std::move(cause));
}

/// Passes a failure on unchanged: `if (!x) return fail(std::move(x.error()));`
inline std::unexpected<Error> fail(Error error) { return std::unexpected<Error>(std::move(error)); }

}  // namespace graphrail::core
