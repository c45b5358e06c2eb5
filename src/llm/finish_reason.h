// The reasons that servers give for the end of an answer, as values. Pure.
#pragma once

#include <string_view>

#include "llm/chat.h"

namespace graphrail::llm {

/// By the names of OpenAI's protocol and of what speaks it; kNone for "".
[[nodiscard]] inline FinishReason read_finish_reason(std::string_view reason) noexcept {
  if (reason.empty()) return FinishReason::kNone;
  if (reason == "stop") return FinishReason::kStop;
  if (reason == "length" || reason == "max_tokens") return FinishReason::kLength;
  if (reason == "content_filter") return FinishReason::kContentFilter;
  return FinishReason::kOther;
}

}  // namespace graphrail::llm
