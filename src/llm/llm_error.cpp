#include "llm/llm_error.h"

#include <string>

namespace graphrail::llm {
namespace {

const char* describe(LlmError error) noexcept {
  switch (error) {
    case LlmError::kWrongKey:
      return "model key refused";
    case LlmError::kInsufficientQuota:
      return "model account exhausted";
    case LlmError::kRateLimited:
      return "model rate limit";
    case LlmError::kContextOverflow:
      return "prompt exceeds the context window";
    case LlmError::kContentFiltered:
      return "content filter";
    case LlmError::kRefused:
      return "model refused";
    case LlmError::kUnsupportedParameter:
      return "unsupported parameter";
    case LlmError::kModelNotFound:
      return "model not found";
    case LlmError::kUnavailable:
      return "model server unavailable";
    case LlmError::kTimeout:
      return "model call timed out";
    case LlmError::kMalformedAnswer:
      return "malformed model answer";
    case LlmError::kAnswerTooLarge:
      return "model answer too large";
    case LlmError::kBusy:
      return "too many model calls waiting";
    case LlmError::kCircuitOpen:
      return "model circuit open";
    case LlmError::kCancelled:
      return "model call cancelled";
  }
  return "unknown model error";
}

class LlmCategory final : public std::error_category {
 public:
  const char* name() const noexcept override { return "llm"; }
  std::string message(int value) const override { return describe(static_cast<LlmError>(value)); }
};

}  // namespace

std::error_code make_error_code(LlmError error) noexcept {
  static const LlmCategory category;
  return {static_cast<int>(error), category};
}

bool is_transient(LlmError error) noexcept {
  switch (error) {
    case LlmError::kRateLimited:
    case LlmError::kUnavailable:
    case LlmError::kTimeout:
    case LlmError::kBusy:
    case LlmError::kCircuitOpen:
      return true;
    default:
      return false;
  }
}

}  // namespace graphrail::llm
