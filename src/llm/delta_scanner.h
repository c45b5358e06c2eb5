// The short way through a streamed payload: hundreds of them make one answer, nearly all of one
// shape. What is not of that shape is left to the general reader in chat_answer.cpp. Pure.
#pragma once

#include <optional>
#include <string_view>

#include "llm/chat.h"

namespace graphrail::llm {

/// Reads a payload whose first choice carries a delta with a string or null as content, without a
/// usage, an error, a refusal in words or anything else out of the ordinary. What it returns is
/// what the general reader returns; nothing means that the general reader has to look, also for
/// text that is not JSON.
[[nodiscard]] std::optional<ChatDelta> scan_delta(std::string_view json);

}  // namespace graphrail::llm
