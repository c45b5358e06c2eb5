#include "llm/call_error.h"

#include <algorithm>
#include <array>
#include <utility>

namespace graphrail::llm {
namespace {

constexpr std::size_t kMaxCauseBytes = 500;
/// Below this a "key" would match ordinary words.
constexpr std::size_t kShortestKey = 6;

struct Entry {
  LlmError error;
  std::string_view outcome;
  std::string_view text;
};

constexpr std::array kEntries = {
    Entry{LlmError::kWrongKey, "wrong_key", "The model server does not accept the key."},
    Entry{LlmError::kInsufficientQuota, "insufficient_quota",
          "The account behind the model key has no credit left."},
    Entry{LlmError::kRateLimited, "rate_limited",
          "The model server asks to slow down. Try again later."},
    Entry{LlmError::kContextOverflow, "context_overflow",
          "The text is too long for the model's context window."},
    Entry{LlmError::kContentFiltered, "content_filtered",
          "The model server's content filter stopped the request."},
    Entry{LlmError::kRefused, "refused", "The model declined to answer."},
    Entry{LlmError::kUnsupportedParameter, "unsupported_parameter",
          "The model server does not support this kind of request."},
    Entry{LlmError::kModelNotFound, "model_not_found",
          "The model does not exist at the model server."},
    Entry{LlmError::kUnavailable, "unavailable", "The model server is not available."},
    Entry{LlmError::kTimeout, "timeout", "The model took too long to answer."},
    Entry{LlmError::kMalformedAnswer, "malformed_answer",
          "The model server's answer could not be understood."},
    Entry{LlmError::kAnswerTooLarge, "answer_too_large", "The model's answer is too large."},
    Entry{LlmError::kBusy, "busy", "Too many model calls are waiting. Try again shortly."},
    Entry{LlmError::kCircuitOpen, "circuit_open",
          "The model server failed repeatedly and is left alone for a moment."},
    Entry{LlmError::kCancelled, "cancelled", "The call was cancelled."},
};

const Entry& entry_of(LlmError error) noexcept {
  const auto* found = std::ranges::find(kEntries, error, &Entry::error);
  return found == kEntries.end() ? kEntries[8] : *found;
}

std::string cut(std::string text) {
  if (text.size() <= kMaxCauseBytes) return text;
  std::size_t end = kMaxCauseBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  text.resize(end);
  return text;
}

}  // namespace

std::string_view outcome_name(LlmError error) noexcept { return entry_of(error).outcome; }

LlmError kind_of(const core::Error& error) noexcept {
  if (error.code().category() != make_error_code(LlmError::kBusy).category()) {
    return LlmError::kUnavailable;
  }
  return static_cast<LlmError>(error.code().value());
}

core::Error make_call_error(const CallFailure& failure) {
  core::Error error(make_error_code(failure.error), {std::string(entry_of(failure.error).text)},
                    {cut(failure.cause)});
  if (!failure.reason.empty()) (void)std::move(error).with_reason(std::string(failure.reason));
  if (!failure.hint) return error;
  const auto seconds = std::chrono::ceil<std::chrono::seconds>(*failure.hint).count();
  return std::move(error).with_retry_after_seconds(static_cast<int>(std::max<long>(seconds, 1)));
}

std::unexpected<core::Error> fail_call(LlmError error, std::string cause) {
  CallFailure failure;
  failure.error = error;
  failure.cause = std::move(cause);
  // Passes quickly, and a 503 names a time.
  if (error == LlmError::kBusy) failure.hint = std::chrono::seconds(1);
  return std::unexpected<core::Error>(make_call_error(failure));
}

std::string redact(std::string text, const core::Secret* key) {
  if (key == nullptr || key->reveal().size() < kShortestKey) return text;
  const std::string_view secret = key->reveal();
  for (std::size_t at = text.find(secret); at != text.npos; at = text.find(secret, at)) {
    text.replace(at, secret.size(), "[key]");
  }
  return text;
}

}  // namespace graphrail::llm
