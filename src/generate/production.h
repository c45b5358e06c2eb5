// What came of a generation, and what that means for its charge. Pure.
#pragma once

#include <cstdint>
#include <exception>
#include <optional>

#include "core/result.h"
#include "generate/generate.h"

namespace graphrail::generate {

enum class ChargeEnd {
  /// The model has answered.
  kSettle,
  /// No model was asked, or it failed.
  kRefund,
  /// The model was asked, and it is the caller's doing that it gave no answer.
  kForgive,
};

struct Production {
  core::Result<GenerateResult> result;
  ChargeEnd end = ChargeEnd::kRefund;
  /// Of the answer; nothing when nobody counted them.
  std::optional<std::uint64_t> spent_tokens;
  /// Set when it ended in an exception; `result` then means nothing.
  std::exception_ptr thrown;
};

/// How the charge of a generation ends that failed with `error` while the engine was at work.
/// `has_begun`: parts of the answer had come, and were paid for. `is_dismissed`: the server stops.
[[nodiscard]] ChargeEnd charge_end_of(const core::Error& error, bool has_begun,
                                      bool is_dismissed) noexcept;

/// What a generation of `input` (text or address) reserves of a budget in tokens.
[[nodiscard]] std::uint64_t reserved_tokens(std::string_view input, const GenerateLimits& limits);

}  // namespace graphrail::generate
