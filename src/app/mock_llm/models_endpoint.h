// GET /v1/models and /v1/models/{model}. Safe from any thread.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>

#include "app/mock_llm/mock_parts.h"
#include "http/message.h"

namespace graphrail::app::mock_llm {

/// The list, or the one that the path names: there is no model that this server does not know. Of
/// faults only those of the request's own field hold here.
[[nodiscard]] boost::asio::awaitable<http::Response> answer_models(
    std::shared_ptr<Mock> mock, std::shared_ptr<http::Request> request);

}  // namespace graphrail::app::mock_llm
