// The seam between a prompt and a model server. A call streams its answer into a sink; retries, the
// capability ladder, the waiting line and the circuit breaker are behind it.
#pragma once

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/awaitable.hpp>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/secret.h"
#include "llm/capability.h"
#include "llm/chat.h"

namespace graphrail::llm {

/// One call. `request.model` may be empty: then it is the client's own.
struct ChatCall {
  ChatRequest request;
  /// Covers waiting for a slot, every attempt and the whole answer.
  std::chrono::steady_clock::time_point deadline;
  /// The key of this call only; null for the client's own.
  std::shared_ptr<const core::Secret> key;
  /// No stricter form is tried: an earlier answer in a stricter one did not hold the schema.
  Rung strictest = Rung::kStrictSchema;
};

/// Receives the answer's text in order, on ChatClient::executor().
class ChatSink {
 public:
  virtual ~ChatSink() = default;
  /// Never called for an attempt that is retried afterwards. False when the answer is complete for
  /// the reader: the call then ends as a success and the connection is closed.
  virtual bool content(std::string_view piece) = 0;
};

/// How a call ended that delivered an answer, whole or in part.
struct ChatAnswer {
  /// kNone when the sink had enough or the stream broke off.
  FinishReason finish = FinishReason::kNone;
  /// Set when the stream ended badly after content had arrived (connection lost, stalled, error
  /// event, too large): what the sink received stands, the rest is missing.
  std::optional<core::Error> broken_off;
  TokenUsage usage;
  /// The server sent no usage; four bytes were counted as one token.
  bool usage_is_estimated = false;
  /// By the price table; nothing when the model is not in it.
  std::optional<double> cost_usd;
  /// The form that the server accepted.
  Rung rung = Rung::kStrictSchema;
  /// The same with the parameters that it made the call give up.
  Capability capability;
  /// As the server names it, else as it was asked for.
  std::string model;
  /// Requests sent for this call.
  int attempts = 1;
};

class ChatClient {
 public:
  virtual ~ChatClient() = default;

  /// Fails with LlmError values when no content arrived. Throws operation_aborted when cancelled
  /// (terminal), with the connection closed. Retries stop at the first piece of content, because
  /// what has been written is paid for.
  virtual boost::asio::awaitable<core::Result<ChatAnswer>> complete(
      ChatCall call, std::shared_ptr<ChatSink> sink) = 0;

  /// An answer in the form `rung` held the schema after one in a stricter form did not: calls of
  /// `model` (empty for the client's own) begin there from now on.
  virtual void prefer(std::string model, Rung rung) = 0;

  /// The models that GET /models lists; proves that the server is there and takes the key. Fails
  /// with LlmError values.
  virtual boost::asio::awaitable<core::Result<std::vector<std::string>>> models(
      std::chrono::steady_clock::time_point deadline, std::shared_ptr<const core::Secret> key) = 0;

  /// The model that calls without one use.
  [[nodiscard]] virtual const std::string& model() const noexcept = 0;

  /// Runs one thing at a time; sinks are called on it.
  [[nodiscard]] virtual boost::asio::any_io_executor executor() noexcept = 0;
};

}  // namespace graphrail::llm
