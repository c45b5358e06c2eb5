// RFC 9457 problem details, with the members that existing clients of the contract read at top
// level beside them: error, message, retry_after.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "http/message.h"

namespace graphrail::http {

/// What a problem response says. `error` is the contract's machine-readable code.
struct Problem {
  int status = 500;
  /// URI of the kind of problem, with its title; without one the status says everything.
  std::string type = {};
  std::string title = {};
  std::string error;
  /// One sentence for the client; becomes both `detail` and `message`.
  std::string detail;
  /// Seconds; > 0 adds `retry_after` and the Retry-After header.
  int retry_after_seconds = 0;
  /// Extension members, e.g. {"reason":"js_required"} or {"violated":"daily"}.
  boost::json::object extensions;
};

/// Renders `problem` as application/problem+json: type (about:blank), title (the status phrase),
/// status, detail, request_id, error, message, then retry_after and the extensions.
[[nodiscard]] Response make_problem_response(const Problem& problem, std::string_view request_id);

}  // namespace graphrail::http
