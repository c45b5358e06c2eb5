// What the mock server answers to a call, before it is put into the protocol: the content, how it
// ends, what it counts. Pure and, with the rules engine in it, for a work pool.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "app/mock_llm/chat_call.h"
#include "app/mock_llm/fault.h"

namespace graphrail::app::mock_llm {

struct Answer {
  std::string content;
  /// Instead of content when not empty.
  std::string refusal;
  /// "stop", "length", "content_filter".
  std::string_view finish_reason = "stop";
  std::size_t prompt_tokens = 0;
  std::size_t completion_tokens = 0;
};

/// Bytes that count as one token.
inline constexpr std::size_t kBytesPerToken = 4;

/// A graph where one is asked for (a fenced text, a schema of graphs, any JSON), the smallest
/// instance for another schema, else a sentence; then what the fault does to it.
[[nodiscard]] Answer make_answer(const ChatCall& call, const Fault& fault);

/// The longest prefix of well-formed `text` with at most `bytes` bytes that ends between two code
/// points.
[[nodiscard]] std::string_view prefix_bytes(std::string_view text, std::size_t bytes) noexcept;

}  // namespace graphrail::app::mock_llm
