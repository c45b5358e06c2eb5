// How failures become HTTP: one switch per module's error enum, so that the contract's codes are
// decided in one place and no handler invents its own.
#pragma once

#include <string_view>

#include "core/error.h"
#include "http/message.h"
#include "http/problem.h"

namespace graphrail::api {

/// The problem a client sees for `error`: its public text, field and reason, never its cause. A
/// code of an unknown module becomes 500 internal_error with a text that says nothing.
[[nodiscard]] http::Problem to_problem(const core::Error& error);

/// The response for `error`; failures that are the server's own go to the log with their cause.
[[nodiscard]] http::Response make_error_response(const core::Error& error,
                                                 std::string_view request_id);

}  // namespace graphrail::api
