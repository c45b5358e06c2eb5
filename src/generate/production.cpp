#include "generate/production.h"

#include "generate/source.h"

namespace graphrail::generate {
namespace {

/// Of English prose and the tokenizers in use; settling puts the real number in its place.
constexpr std::uint64_t kBytesPerToken = 3;

}  // namespace

ChargeEnd charge_end_of(const core::Error& error, bool has_begun) noexcept {
  const bool is_gone = error.is(GenerateError::kClientGone);
  if (is_gone && has_begun) return ChargeEnd::kSettle;
  if (is_gone || error.is(GenerateError::kModelDeclined)) return ChargeEnd::kForgive;
  return ChargeEnd::kRefund;
}

std::uint64_t reserved_tokens(std::string_view input, const GenerateLimits& limits) {
  const std::uint64_t of_text =
      is_url(input) ? limits.reserved_page_tokens : input.size() / kBytesPerToken;
  return of_text + limits.reserved_answer_tokens;
}

}  // namespace graphrail::generate
