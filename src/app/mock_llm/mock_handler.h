// The mock server's routes, with and without the /v1 that clients put into their base URL, and
// Azure's with the deployment in the path.
#pragma once

#include "app/mock_llm/mock_parts.h"
#include "http/message.h"

namespace graphrail::app::mock_llm {

/// Answers every request in the form of OpenAI's API, unknown paths included. Safe from any thread.
[[nodiscard]] http::Handler make_mock_handler(MockParts parts);

}  // namespace graphrail::app::mock_llm
