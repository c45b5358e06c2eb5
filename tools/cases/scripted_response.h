// Turns the `response` of a fetch case into what a server does: fixed responses, and the generated
// ones (bombs, endless bodies, drips, silence).
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>

#include "cases/case_file.h"
#include "support/origin/origin.h"

namespace graphrail::cases {

/// A server's behaviour for one case.
struct Scripted {
  test_support::OriginScript script;
  bool stall_handshake = false;
};

/// `response` is as in the data's README: status, headers, body | body_b64 | gen.
[[nodiscard]] Scripted script_response(const boost::json::object& response);

}  // namespace graphrail::cases
