// Puts the mock server together (see compose.h). What it returns owns its parts.
#pragma once

#include <memory>

#include "app/command_line.h"
#include "config/settings.h"
#include "core/result.h"
#include "core/work_pool.h"
#include "http/server.h"

namespace graphrail::app {

/// What `mock-llm` starts and stops.
struct MockLlmService {
  /// Stopped after the server and before it is destroyed: results are posted to its threads.
  std::shared_ptr<core::WorkPool> pool;
  std::unique_ptr<http::Server> server;
};

/// Binds the address; nothing runs until server->start(). Fails with http::HttpError.
[[nodiscard]] core::Result<MockLlmService> compose_mock_llm(const MockLlmCommand& command,
                                                            const config::Settings& settings);

}  // namespace graphrail::app
