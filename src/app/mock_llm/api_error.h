// Errors in the form of OpenAI's API: {"error":{"message","type","param","code"}}. Plain values.
#pragma once

#include <optional>
#include <string>

#include "http/message.h"

namespace graphrail::app::mock_llm {

struct ApiError {
  int status = 400;
  std::string message;
  std::string type = "invalid_request_error";
  /// Written as null when empty, as the two real ones are.
  std::string param = {};
  std::string code = {};
};

/// The body.
[[nodiscard]] std::string render_error(const ApiError& error);

[[nodiscard]] http::Response make_error_response(const ApiError& error);

/// What the real server says with that status, for faults on request.
[[nodiscard]] ApiError error_for_status(int status);

/// A member of the request that is missing or wrong.
[[nodiscard]] ApiError invalid_parameter(std::string param, std::string message,
                                         std::string code = {});

}  // namespace graphrail::app::mock_llm
