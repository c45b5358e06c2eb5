// What a fault does to an answer before its content counts: waiting, and answers that are none.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <optional>
#include <string>

#include "app/mock_llm/fault.h"
#include "http/message.h"

namespace graphrail::app::mock_llm {

/// The request's field for a fault.
inline constexpr std::string_view kFaultHeader = "X-Mock-Fault";

/// Waits for `delay`, or for the client to give up with `hang`: no longer than ten minutes.
[[nodiscard]] boost::asio::awaitable<void> wait_as_told(Fault fault,
                                                        std::shared_ptr<http::Request> request);

/// The error, page or error inside a 200 that takes the place of the answer; nothing when there is
/// an answer. `is_stream` when the answer would be one.
[[nodiscard]] std::optional<http::Response> make_fault_response(const Fault& fault, bool is_stream);

/// 400 for a specification that cannot be read.
[[nodiscard]] http::Response make_bad_fault_response(std::string sentence);

}  // namespace graphrail::app::mock_llm
