// Waiting inside a handler that ends early when the client leaves.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <memory>

#include "http/client_presence.h"

namespace graphrail::app::mock_llm {

/// Returns after `duration`, or once `client` (may be null) has left. On the client's I/O thread.
[[nodiscard]] boost::asio::awaitable<void> pause(std::chrono::milliseconds duration,
                                                 std::shared_ptr<http::ClientPresence> client);

}  // namespace graphrail::app::mock_llm
