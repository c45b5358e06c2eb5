#include "generate/model_failure.h"

#include <string_view>
#include <utility>

#include "generate/generate.h"
#include "llm/llm_error.h"

namespace graphrail::generate {
namespace {

struct Mapping {
  GenerateError code;
  std::string_view reason;
  std::string_view text;
};

constexpr std::string_view kOperatorText =
    "The model cannot be used right now; the operator of this server has to look into it. Engine "
    "rules works without it.";

Mapping mapping_of(llm::LlmError error) noexcept {
  using enum llm::LlmError;
  constexpr GenerateError kAway = GenerateError::kModelUnavailable;
  constexpr GenerateError kDeclined = GenerateError::kModelDeclined;
  switch (error) {
    case kWrongKey:
      return {kAway, "model_key_refused", kOperatorText};
    case kInsufficientQuota:
      return {kAway, "model_quota_exhausted", kOperatorText};
    case kModelNotFound:
      return {kAway, "model_not_found", kOperatorText};
    case kUnsupportedParameter:
      return {kAway, "model_unsupported", kOperatorText};
    case kRateLimited:
      return {kAway, "model_rate_limited", "The model server is at its limit; try again shortly."};
    case kBusy:
      return {kAway, "model_busy", "Many texts wait for the model; try again shortly."};
    case kCircuitOpen:
    case kUnavailable:
    case kCancelled:
      return {kAway, "model_unavailable", "The model server cannot be reached; try again later."};
    case kTimeout:
      return {kAway, "model_timeout", "The model did not answer in time; try again later."};
    case kMalformedAnswer:
    case kAnswerTooLarge:
      return {kAway, "model_malformed_answer", "The model's answer could not be used; try again."};
    case kContextOverflow:
      return {kDeclined, "model_context_overflow",
              "The text does not fit the model; try a shorter one."};
    case kContentFiltered:
      return {kDeclined, "model_content_filter",
              "The model server's content filter stopped this text."};
    case kRefused:
      return {kDeclined, "model_refused", "The model declined to read this text."};
  }
  return {kAway, "model_unavailable", kOperatorText};
}

}  // namespace

core::Error to_model_failure(core::Error error) {
  if (error.code().category() != llm::make_error_code(llm::LlmError::kBusy).category()) {
    return error;
  }
  const Mapping mapping = mapping_of(static_cast<llm::LlmError>(error.code().value()));
  std::string cause = error.code().message();
  if (!error.private_cause().empty()) cause += ": " + error.private_cause();
  core::Error mapped(mapping.code, {std::string(mapping.text)}, {std::move(cause)});
  return std::move(mapped)
      .with_reason(std::string(mapping.reason))
      .with_retry_after_seconds(error.retry_after_seconds());
}

}  // namespace graphrail::generate
