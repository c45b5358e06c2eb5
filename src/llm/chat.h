// Chat completions as values: what is asked, what comes back piece by piece, how it ended.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "llm/capability.h"
#include "llm/llm_error.h"

namespace graphrail::llm {

struct ChatMessage {
  /// "system" or "user".
  std::string role;
  std::string content;
};

/// A call whose answer shall be one JSON object of `schema`.
struct ChatRequest {
  std::string model;
  std::vector<ChatMessage> messages;
  /// Name for the schema (<= 64 of letters, digits, "_" and "-") and the JSON Schema itself, within
  /// the strict subset, as JSON text.
  std::string schema_name;
  std::string schema;
  std::uint32_t max_output_tokens = 16'000;
  /// Sent where the server accepts it, for answers that repeat.
  std::int64_t seed = 7;
};

struct TokenUsage {
  std::uint64_t prompt_tokens = 0;
  std::uint64_t completion_tokens = 0;
  [[nodiscard]] std::uint64_t total() const noexcept { return prompt_tokens + completion_tokens; }
};

enum class FinishReason : std::uint8_t { kNone, kStop, kLength, kContentFilter, kOther };

/// One streamed piece.
struct ChatDelta {
  std::string content;
  std::string refusal;
  /// As the server names it; empty when it does not.
  std::string model;
  FinishReason finish = FinishReason::kNone;
  std::optional<TokenUsage> usage;
};

/// The request body for a server of that capability. On the lower rungs the schema is appended to
/// the system message, because the server will not show it to the model.
[[nodiscard]] std::string make_chat_body(const ChatRequest& request, const Capability& capability,
                                         bool stream);

/// Reads one `data:` payload of a stream, or a whole non-streamed answer ("message" instead of
/// "delta"). Fails with kMalformedAnswer for what is not the protocol, and with the error's own
/// code when the payload is an error object inside a 200.
[[nodiscard]] core::Result<ChatDelta> read_chat_payload(std::string_view json);
/// The same without the short way for ordinary deltas.
[[nodiscard]] core::Result<ChatDelta> read_any_chat_payload(std::string_view json);

/// A rejected call. `parameter` and `message` are the server's words for the ladder and the log;
/// they are never shown to clients.
struct ServerRejection {
  LlmError error = LlmError::kUnavailable;
  std::string parameter;
  std::string message;
};

/// Tells errors apart by status and body, whatever the body's shape: {"error":{…}},
/// {"error":"…"}, {"detail":…}, {"message":…}, HTML, nothing.
[[nodiscard]] ServerRejection classify_rejection(int status, std::string_view body);

}  // namespace graphrail::llm
