// POST /v1/chat/completions: reads the call, waits as its fault says, answers whole or streamed.
// Safe from any thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>

#include "app/mock_llm/mock_parts.h"
#include "http/message.h"

namespace graphrail::app::mock_llm {

[[nodiscard]] boost::asio::awaitable<http::Response> answer_chat(
    std::shared_ptr<Mock> mock, std::shared_ptr<http::Request> request);

}  // namespace graphrail::app::mock_llm
