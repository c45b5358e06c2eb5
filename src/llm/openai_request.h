// One request of OpenAiClient: what it shares with the others, how it is sent, how it ended. All of
// it lives on the strand of the HTTP client.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <memory>
#include <string>

#include "llm/answer_reader.h"
#include "llm/call_metrics.h"
#include "llm/call_slots.h"
#include "llm/openai_client.h"

namespace graphrail::llm {

/// What all calls of a client share; touched on the strand only.
struct OpenAiState {
  OpenAiState(OpenAiOptions options, OpenAiParts parts, Endpoint endpoint);

  [[nodiscard]] core::Clock::SteadyTime now() const { return parts.clock->steady_now(); }
  /// The caller's key, else the client's own; may be null.
  [[nodiscard]] std::shared_ptr<const core::Secret> key_for(
      std::shared_ptr<const core::Secret> own) const {
    return own ? std::move(own) : options.key;
  }
  /// Tells breaker and metrics that the server is alive.
  void note_answer();
  /// Tells them how a request ended.
  void note_end(const RequestEnd& end);

  OpenAiOptions options;
  OpenAiParts parts;
  Endpoint endpoint;
  CallMetrics metrics;
  CircuitBreaker breaker;
  std::shared_ptr<CallSlots> slots;
};

/// A request towards the client's server without a body; the caller fills in the rest.
[[nodiscard]] net::HttpCall make_http_call(const OpenAiState& state, std::string_view path,
                                           std::shared_ptr<const core::Secret> key,
                                           core::Clock::SteadyTime deadline);

/// What the transport's failure means for a call.
[[nodiscard]] CallFailure transport_failure(const core::Error& error);

/// Sends one chat request and reads its answer into `sink`. The breaker has admitted it and is told
/// how it went.
boost::asio::awaitable<RequestEnd> send_chat_request(std::shared_ptr<OpenAiState> state,
                                                     std::string body,
                                                     std::shared_ptr<const core::Secret> key,
                                                     core::Clock::SteadyTime deadline,
                                                     std::shared_ptr<ChatSink> sink);

/// GET /models. Fails with LlmError values.
boost::asio::awaitable<core::Result<std::vector<std::string>>> list_models(
    std::shared_ptr<OpenAiState> state, core::Clock::SteadyTime deadline,
    std::shared_ptr<const core::Secret> key);

}  // namespace graphrail::llm
